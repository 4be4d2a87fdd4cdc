"""A simulated Discord for fixtures."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import discord
from simcord.env import Env

LONGEST_COMMAND = 60


@asynccontextmanager
async def simulated(client: discord.Client) -> AsyncIterator[Env]:
    """Run a client in a simulated Discord. (``simcord.run`` cannot be entered and left by a fixture.)"""
    env = Env(client, settle_timeout=LONGEST_COMMAND)
    await env.start()
    try:
        yield env
    finally:
        await env.shutdown()
