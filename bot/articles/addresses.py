"""Addresses of pages."""

from urllib.parse import urlsplit

_LONGEST = 2048


def web(text: str | None) -> str | None:
    """Return the address if it is one of the web with a host (http or https), else ``None``."""
    address = (text or "").strip()
    if not address.lower().startswith(("http://", "https://")) or len(address) > _LONGEST:
        return None
    if any(c.isspace() or c < " " or c in '<>"\\' for c in address):
        return None
    return address if _host(address) else None


def site(address: str | None) -> str | None:
    """Return the host of the address without "www.", or ``None``."""
    found = _host(address) if address else None
    return found.removeprefix("www.") if found else None


def _host(address: str) -> str | None:
    try:
        parts = urlsplit(address)
        _ = parts.port  # raises on a port that is no number
    except ValueError:
        return None
    host = parts.hostname
    # A name and a password before the host serve to make an address look like another's.
    return host if host and not parts.username else None
