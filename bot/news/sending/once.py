"""Requests that discord.py must not repeat by itself.

It asks again where a proxy in front of Discord answers 502 or 504, though Discord may have done what was
asked. A message's nonce makes that harmless; the request that begins a forum's post knows no nonce, and the
second one would make a second post.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from types import SimpleNamespace

import aiohttp


class NotAgain(OSError):
    """The request was answered so that it may have been done or not: whoever made it has to look."""


class _Tries:
    """What became of one request so far."""

    in_doubt = False


_tries: ContextVar[_Tries | None] = ContextVar("tries", default=None)


@contextmanager
def asked_once() -> Iterator[None]:
    """Let requests made inside fail with ``NotAgain`` rather than be repeated when they may have been done.

    A request that Discord put off for its rate limit was not done, and is repeated as ever. The client's
    ``http_trace`` has to be ``trace()``.
    """
    token = _tries.set(_Tries())
    try:
        yield
    finally:
        _tries.reset(token)


def trace() -> aiohttp.TraceConfig:
    """Return what a client has to be made with, as its ``http_trace``."""
    config = aiohttp.TraceConfig()
    config.on_request_start.append(_before)
    config.on_request_end.append(_after)
    config.on_request_exception.append(_lost)
    return config


async def _before(
    _session: aiohttp.ClientSession, _context: SimpleNamespace, _: aiohttp.TraceRequestStartParams
) -> None:
    tries = _tries.get()
    if tries is not None and tries.in_doubt:
        raise NotAgain("Discord did not say whether it has done what was asked")


async def _after(
    _session: aiohttp.ClientSession, _context: SimpleNamespace, end: aiohttp.TraceRequestEndParams
) -> None:
    tries = _tries.get()
    if tries is not None and end.response.status >= 500:
        tries.in_doubt = True


async def _lost(
    _session: aiohttp.ClientSession, _context: SimpleNamespace, _: aiohttp.TraceRequestExceptionParams
) -> None:
    tries = _tries.get()
    if tries is not None:
        tries.in_doubt = True
