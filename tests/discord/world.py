"""A simulated Discord for fixtures."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import discord
from simcord.backend.models import Channel, Message
from simcord.env import Env

LONGEST_COMMAND = 60


@asynccontextmanager
async def simulated(client: discord.Client) -> AsyncIterator[Env]:
    """Run a client in a simulated Discord. (``simcord.run`` cannot be entered and left by a fixture.)"""
    env = Env(client, settle_timeout=LONGEST_COMMAND)
    _give_posts_one_id(env)
    await env.start()
    try:
        yield env
    finally:
        await env.shutdown()


def _give_posts_one_id(env: Env) -> None:
    """Let a forum's post have the id of the message that it begins with, as in Discord."""
    backend = env.backend
    begin, create = backend.create_forum_post, backend.create_thread

    def begin_with_one_id(forum_id: int, name: str, starter: Message, **more: Any) -> tuple[Channel, Message]:  # noqa: ANN401 (SimCord's own)
        def create_with_its_id(*args: Any, **options: Any) -> Channel:  # noqa: ANN401 (SimCord's own)
            return create(*args, **options, message_id=starter.id)

        vars(backend)["create_thread"] = create_with_its_id
        try:
            return begin(forum_id, name, starter, **more)
        finally:
            del vars(backend)["create_thread"]

    vars(backend)["create_forum_post"] = begin_with_one_id
