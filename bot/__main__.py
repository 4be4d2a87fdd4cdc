"""``python -m bot``, and the program ``gazette``.

A worker process imports this file too, so nothing of the command line is imported at its top.
"""

import io
import sys


def main() -> None:
    """Run the command line; an error that a person can mend is told in its own words."""
    from bot.cli import app
    from bot.errors import SettingsError, StartupError, gazette_error_in
    from bot.logs import tell_end

    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a file's name may be no text at all
    try:
        app()
    except Exception as error:
        known = gazette_error_in(error)
        if known is None:
            raise
        tell_end(str(known))
        sys.exit(2 if isinstance(known, SettingsError | StartupError) else 1)


if __name__ == "__main__":
    main()
