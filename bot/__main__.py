"""``python -m bot``, and the program ``gazette``.

A worker process imports this file too, so nothing of the command line is imported at its top.
"""

import sys


def main() -> None:
    """Run the command line; an error that a person can mend is told in its own words."""
    from bot.cli import app
    from bot.errors import GazetteError, SettingsError, StartupError

    try:
        app()
    except GazetteError as error:
        print(f"gazette: {error}", file=sys.stderr)
        sys.exit(2 if isinstance(error, SettingsError | StartupError) else 1)


if __name__ == "__main__":
    main()
