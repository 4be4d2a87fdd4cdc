"""Which version of Gazette this is."""

from importlib import metadata


def version() -> str:
    """Return the version, as ``pyproject.toml`` has it."""
    return metadata.version("gazette")
