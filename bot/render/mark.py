"""The mark: a short visible sign in a post's footer, from which the post is found again."""

import string

LONGEST = 12
"""Digits: more than 63 bits hold no id."""

DIGITS = string.digits + string.ascii_lowercase


def mark(delivery_id: int) -> str:
    """Return the mark of a delivery: ``#`` and its id in base 36, for example ``#k3f9``."""
    return f"#{in_base_36(delivery_id)}"


def in_base_36(number: int) -> str:
    """Return a number that is not negative in digits and small letters."""
    digits = ""
    while number or not digits:
        number, digit = divmod(number, 36)
        digits = DIGITS[digit] + digits
    return digits


def delivery_of(text: str) -> int | None:
    """Return the id of the delivery that a mark stands for, or ``None`` where this is no mark."""
    digits = text.strip().removeprefix("#").lower()
    return int(digits, 36) if 0 < len(digits) <= LONGEST and all(d in DIGITS for d in digits) else None


def bears(footer: str | None, wanted: str) -> bool:
    """Return whether a footer begins with this mark."""
    return footer is not None and footer.split(" ", 1)[0] == wanted


def marked_delivery(footer: str | None) -> int | None:
    """Return the id of the delivery whose mark a footer begins with, or ``None`` for none."""
    first = (footer or "").split(" ", 1)[0]
    return delivery_of(first) if first.startswith("#") else None
