"""Clear-signed texts (RFC 9580, section 7): what was signed is the text, the rest is OpenPGP's."""

import re

_SIGNED = re.compile(
    r"-----BEGIN PGP SIGNED MESSAGE-----[ ]*\n(?:[A-Za-z]{1,40}: [^\n]*\n){0,9}[ ]*\n"
    r"(?P<text>.*?)\n-----BEGIN PGP SIGNATURE-----",
    re.DOTALL,
)
_DASH = re.compile(r"^- ", re.MULTILINE)


def cleartext(text: str) -> str:
    """Return the text that was signed, if the file opens as a clear-signed one; else the text as it is.

    Advisories and notices of societies come so. Nothing is said about whether the signature is right.
    """
    match = _SIGNED.match(text.lstrip())
    # Lines that open with a hyphen are written with "- " before it.
    return _DASH.sub("", match["text"]) if match else text
