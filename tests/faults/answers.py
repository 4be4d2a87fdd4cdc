"""The faults that a request for a message can meet, and the answers that they give."""

import json
from enum import Enum, auto
from typing import Any

from aiohttp import web

ACROSS_THE_PROXY = {"Via": "1.1 google"}
"""Discord's own rate limits come with this header, those of the proxy in front of it without."""


class Fault(Enum):
    """What goes wrong with one request."""

    APPLIED_THEN_502 = auto()
    APPLIED_THEN_DROPPED = auto()
    DROPPED = auto()
    APPLIED_LATE = auto()
    HELD = auto()
    ERROR_500 = auto()
    ERROR_503 = auto()
    LIMITED = auto()
    LIMITED_GLOBALLY = auto()
    LIMITED_BY_THE_PROXY = auto()
    BLOCKED_BY_THE_PROXY = auto()
    PAGE_FOR_AN_ANSWER = auto()
    UNAUTHORIZED = auto()
    FORBIDDEN = auto()
    INVALID = auto()
    CHANNEL_GONE = auto()

    @property
    def is_applied(self) -> bool:
        """Whether the request takes effect, although its answer tells otherwise."""
        return self in APPLIED


APPLIED = frozenset({Fault.APPLIED_THEN_502, Fault.APPLIED_THEN_DROPPED, Fault.APPLIED_LATE})

PASSING = (
    Fault.APPLIED_THEN_502,
    Fault.APPLIED_THEN_DROPPED,
    Fault.DROPPED,
    Fault.APPLIED_LATE,
    Fault.ERROR_500,
    Fault.ERROR_503,
    Fault.LIMITED,
    Fault.LIMITED_GLOBALLY,
    Fault.LIMITED_BY_THE_PROXY,
    Fault.BLOCKED_BY_THE_PROXY,
)
"""The faults after which the same message goes through."""

RETRY_AFTER = 0.2
"""Seconds that a rate limit asks for."""

REFUSALS = {
    Fault.UNAUTHORIZED: (401, 0, "401: Unauthorized"),
    Fault.FORBIDDEN: (403, 50013, "Missing Permissions"),
    Fault.INVALID: (400, 50035, "Invalid Form Body"),
    Fault.CHANNEL_GONE: (404, 10003, "Unknown Channel"),
}

PAGES = {
    Fault.APPLIED_THEN_502: 502,
    Fault.APPLIED_LATE: 502,
    Fault.ERROR_500: 500,
    Fault.ERROR_503: 503,
    Fault.LIMITED_BY_THE_PROXY: 429,
    Fault.BLOCKED_BY_THE_PROXY: 403,
    Fault.PAGE_FOR_AN_ANSWER: 200,
}


def answer(body: Any, status: int = 200, **headers: str) -> web.Response:  # noqa: ANN401 (any JSON)
    """Return a JSON answer; discord.py reads it only if the content type says nothing more."""
    content = {"Content-Type": "application/json"}
    return web.Response(body=json.dumps(body).encode(), status=status, headers=content | headers)


def refusal(status: int, code: int, message: str) -> web.Response:
    return answer({"message": message, "code": code}, status)


def page(status: int) -> web.Response:
    """Return what a proxy shows where there is no answer of Discord's."""
    return web.Response(text=f"<html><h1>{status}</h1></html>", status=status, content_type="text/html")


def limited(*, globally: bool, seconds: float) -> web.Response:
    body = {"message": "You are being rate limited.", "retry_after": round(seconds, 3), "global": globally}
    return answer(body, 429, **ACROSS_THE_PROXY)


def faulty(fault: Fault) -> web.Response:
    """Return the answer that this fault gives, but for limits and dropped connections."""
    if fault in REFUSALS:
        return refusal(*REFUSALS[fault])
    return page(PAGES[fault])
