"""The one message of a set-up: what each of its pages says."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import discord

from bot.news.times.schedules import explain, next_slot
from bot.news.times.timezones import title_of
from bot.render.post import COLOUR
from bot.render.text import cut_escaped, one_line
from bot.render.words import LANGUAGES
from cogs._setup_draft import Draft, Step, in_words
from cogs._setup_items import view_of

NAMES = {Step.CHANNEL: "Channel", Step.WHAT: "Articles", Step.WHEN: "When", Step.CHECK: "Check and save"}

SECTIONS_SHOWN = 10
SECTION_SHOWN = 40

FURTHER = (
    "`/subscriptions` shows what each channel gets.",
    "`/filter add` keeps articles back, or lets only some through.",
    "`/quiet` sets hours in which nothing is posted.",
    "`/settings` changes how posts look, for the whole server.",
)

AGAIN = "`/setup` begins a new one."
ENDED = f"This set-up has ended. {AGAIN}"
TIMED_OUT = f"This set-up has ended, as nothing was chosen for 15 minutes. Nothing was saved. {AGAIN}"
REPLACED = "This set-up has ended: you have begun a newer one. Nothing was saved here."
CANCELLED = f"Nothing was saved. {AGAIN}"


def closed(text: str, title: str = "Set-up") -> dict[str, Any]:
    """Return what the message shows at the end, without buttons."""
    return {"embed": discord.Embed(title=title, description=text, colour=COLOUR), "view": None}


def finished(draft: Draft, next_at: datetime | None) -> dict[str, Any]:
    """Return what the message shows once everything is saved, with when the next digest comes."""
    lines = [f"{draft.place} is set up.", "\n".join(chosen_lines(draft)[1:])]
    if next_at is not None:
        at = int(next_at.timestamp())
        lines.append(f"The next digest comes <t:{at}:R>, on <t:{at}:f>.")
    else:
        lines.append("The next article that comes is posted there.")
    return closed("\n\n".join([*lines, "\n".join(FURTHER)]), "Set-up · done")


def page(draft: Draft, prefix: str, now: datetime, bot_id: int) -> dict[str, Any]:
    """Return what the message shows; the custom ids of what can be chosen begin with the prefix."""
    text = {Step.CHANNEL: _channel, Step.WHAT: _what, Step.WHEN: _when, Step.CHECK: _check}[draft.step]
    paragraphs = [draft.notice, *text(draft, now), _lacking(draft, bot_id)]
    embed = discord.Embed(
        title=f"Set-up · {draft.step} of {len(Step)} · {NAMES[draft.step]}",
        description="\n\n".join(filter(None, paragraphs)),
        colour=COLOUR,
    )
    if draft.channel_id is not None:
        embed.add_field(name="Chosen so far", value="\n".join(chosen_lines(draft)), inline=False)
    return {"embed": embed, "view": view_of(draft, prefix)}


def chosen_lines(draft: Draft) -> list[str]:
    """Return what is chosen on the pages up to the present one."""
    lines = [f"Channel: {draft.place}"]
    if draft.step >= Step.WHAT:
        lines.append(f"Articles: {_sections(draft.sections)}")
        lines.append(f"Language: {LANGUAGES.get(draft.language, draft.language)}")
    if draft.step >= Step.WHEN:
        lines.append(f"When: {when(draft)}")
        if draft.is_digest:
            lines.append(f"Length: {draft.length}")
    return lines


def when(draft: Draft) -> str:
    """Return when articles come, in words."""
    if not draft.is_digest:
        return "each article at once"
    return f"a digest {in_words(draft.schedule)} ({title_of(draft.zone)})"


def _sections(sections: Sequence[str] | None) -> str:
    if sections is None:
        return "all sections"
    if not sections:
        return "no section"
    names = ", ".join(cut_escaped(one_line(name), SECTION_SHOWN) for name in sections[:SECTIONS_SHOWN])
    more = len(sections) - SECTIONS_SHOWN
    return f"{names} and {more} more" if more > 0 else names


def _channel(draft: Draft, _now: datetime) -> list[str]:
    asked = "Where should the articles go? Choose a text or announcement channel, a thread, or a forum."
    if draft.channel_id is None or draft.missing:
        return [asked]
    found = f"The bot may post in {draft.place}."
    if draft.current is not None:
        found += " This channel is set up already: you start from what it has now."
    return [asked, found]


def _what(draft: Draft, _now: datetime) -> list[str]:
    if draft.offered:
        which = "Which articles? A section is a subfolder that the articles lie in."
    else:
        which = "All articles are posted. Once some lie in subfolders, you can choose among those here."
    return [which, "The language is for the words around an article. It counts for the whole server."]


def _when(draft: Draft, now: datetime) -> list[str]:
    asked = "Post each article at once, or several together as a digest?"
    clock = f"In {title_of(draft.zone)} it is {now.astimezone(draft.zone):%H:%M} now."
    if not draft.is_digest:
        return [asked, f"{clock} The time zone counts for quiet hours (`/quiet`)."]
    first = int(next_slot(draft.schedule, now).at.timestamp())
    told = f"{clock} The next digest would come <t:{first}:R>; on your own clock that is <t:{first}:f>."
    return [asked, told, explain(draft.schedule, now) or ""]


def _check(draft: Draft, _now: datetime) -> list[str]:
    if draft.missing:
        return []
    return [
        "Is this right? **Save** keeps it, and from then on the articles come.",
        f"**Send a test** posts an article in {draft.place} now, for everyone there to see.",
    ]


def _lacking(draft: Draft, bot_id: int) -> str:
    """Return which permissions are missing, and how to give them."""
    if not draft.missing:
        return ""
    names = "\n".join(f"• {name}" for name in draft.missing)
    return (
        f"**The bot may not post there yet.** It lacks:\n{names}\n\n"
        f"Open **Edit Channel → Permissions** there (for a thread, in the channel that it belongs to), add "
        f"<@{bot_id}>, and allow these. Then press **Check again**."
    )
