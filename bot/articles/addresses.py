"""Addresses of pages."""

import string
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

_LONGEST = 2048
_OF_A_HOST = frozenset(string.ascii_lowercase + string.digits + "-_.")
_LONGEST_HOST = 253
_LOCAL = frozenset(("localhost", "localdomain", "local", "internal", "lan"))
# What may stand in a path or a query as it is (RFC 3986), and the sign of what is escaped already.
_PLAIN = "/:@!$&'()*+,;=~%"
_FROM_HERE = ("/", "./", "../")
_PICTURE_FILES = (".jpg", ".jpeg", ".png", ".webp", ".gif", ".avif")


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


def picture(text: str, page: str | None = None) -> str | None:
    """Return the address of a picture in ASCII if it is https and its host has a public name, else ``None``.

    A relative one is resolved against the address of its page, if that is https.
    """
    address = web(_resolved(text.strip(), page)) if len(text) <= _LONGEST else None
    if address is None:
        return None
    try:
        parts = urlsplit(address)
        # As IDNA writes it: signs that only look like digits and full stops could hide a bare IP address.
        host = (parts.hostname or "").encode("idna").decode().lower()
        path, query = quote(parts.path, safe=_PLAIN), quote(parts.query, safe=_PLAIN + "?")
    except ValueError:
        return None
    # Some pages give the address of their site where they have no picture.
    if parts.scheme != "https" or not _is_public(host) or (path in {"", "/"} and not query):
        return None
    found = urlunsplit(("https", f"{host}:{parts.port}" if parts.port else host, path, query, ""))
    return found if len(found) <= _LONGEST else None


def _resolved(text: str, page: str | None) -> str:
    """Return the address that a relative one means on its page; any other text as it is."""
    is_relative = text.startswith(_FROM_HERE) or (
        ":" not in text and text.lower().partition("?")[0].endswith(_PICTURE_FILES)
    )
    if not is_relative or page is None:
        return text
    try:
        return urljoin(page, text)
    except ValueError:
        return text


def _is_public(host: str) -> bool:
    """Tell whether the host has a name that the web knows: no IP address in any notation, no local name."""
    *front, last = host.removesuffix(".").split(".")
    is_named = bool(front) and last[:1].isalpha() and last not in _LOCAL
    return is_named and len(host) <= _LONGEST_HOST and _OF_A_HOST.issuperset(host)


def _host(address: str) -> str | None:
    try:
        parts = urlsplit(address)
        _ = parts.port  # raises on a port that is no number
    except ValueError:
        return None
    host = parts.hostname
    # A name and a password before the host serve to make an address look like another's.
    return host if host and "@" not in parts.netloc else None
