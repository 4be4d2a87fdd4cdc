"""The mark: a short visible sign in a post's footer, from which the post is found again."""

import string

DIGITS = string.digits + string.ascii_lowercase


def mark(delivery_id: int) -> str:
    """Return the mark of a delivery: ``#`` and its id in base 36, for example ``#k3f9``."""
    digits = ""
    number = delivery_id
    while number or not digits:
        number, digit = divmod(number, 36)
        digits = DIGITS[digit] + digits
    return f"#{digits}"


def bears(footer: str | None, wanted: str) -> bool:
    """Return whether a footer begins with this mark."""
    return footer is not None and footer.split(" ", 1)[0] == wanted
