"""What can be chosen on each page of a set-up. What an item does, its custom id tells."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

import discord

from bot.news.digests.digest import Length
from bot.news.times.timezones import zones
from bot.render.text import CHOICE_LIMIT, cut, one_line
from bot.render.words import LANGUAGES
from cogs._setup_draft import ALL, SCHEDULES, Draft, Step, in_words

CHANNEL_TYPES = [
    discord.ChannelType.text,
    discord.ChannelType.news,
    discord.ChannelType.forum,
    discord.ChannelType.media,
    discord.ChannelType.public_thread,
    discord.ChannelType.news_thread,
]

DIGEST: Final = "digest"
DELIVERIES = {"instant": "Each article at once", DIGEST: "Digests at set times"}

LENGTHS = {
    Length.SHORT: "The title of each story",
    Length.MEDIUM: "The title and one sentence",
    Length.DETAILED: "The title and up to three sentences",
}

OTHER: Final = "other"
"""The times that were typed. They may be longer than the value of a choice may be."""

OPTIONS: Final = 25
"""Of a list of Discord's."""

type Item = discord.ui.Item[Any]
type Rows = list[list[Item]]


def view_of(draft: Draft, prefix: str) -> discord.ui.View:
    """Return what the page offers, with custom ids that begin with the prefix.

    discord.py keeps nothing of the view.
    """
    rows = {Step.CHANNEL: _channel, Step.WHAT: _what, Step.WHEN: _when, Step.CHECK: _check}[draft.step]
    view = discord.ui.View(timeout=None)
    for number, row in enumerate(rows(_Items(draft, prefix))):
        for item in row:
            item.row = number
            view.add_item(item)
    view.stop()
    return view


class _Items:
    """Makes the items of a page."""

    def __init__(self, draft: Draft, prefix: str) -> None:
        self.draft = draft
        self.prefix = prefix

    def button(self, action: str, label: str, style: str = "secondary", *, waits: bool = False) -> Item:
        """Return a button; one that ``waits`` for a channel to post in cannot be pressed before."""
        return discord.ui.Button(
            label=label,
            style=discord.ButtonStyle[style],
            custom_id=f"{self.prefix}{action}",
            disabled=waits and not self.draft.may_go_on,
        )

    def select(self, action: str, name: str, options: Iterable[discord.SelectOption]) -> Item:
        return discord.ui.Select(custom_id=f"{self.prefix}{action}", placeholder=name, options=[*options])

    def again(self) -> list[Item]:
        return [self.button("recheck", "Check again", "primary")] if self.draft.missing else []

    def back(self) -> Item:
        return self.button("back", "Back")

    def onward(self) -> Item:
        return self.button("next", "Next", "primary", waits=True)

    def cancel(self) -> Item:
        return self.button("cancel", "Cancel")


def _channel(make: _Items) -> Rows:
    chosen = make.draft.channel_id
    defaults = [] if chosen is None else [discord.SelectDefaultValue.from_channel(discord.Object(chosen))]
    channel: Item = discord.ui.ChannelSelect(
        custom_id=f"{make.prefix}channel",
        placeholder="Choose a channel",
        channel_types=CHANNEL_TYPES,
        default_values=defaults,
    )
    return [[channel], [*make.again(), make.onward(), make.cancel()]]


def _what(make: _Items) -> Rows:
    language = make.select("language", "Language", _options(LANGUAGES, make.draft.language))
    return [*_sections(make), [language], [make.back(), make.onward(), make.cancel()]]


def _when(make: _Items) -> Rows:
    draft = make.draft
    how = make.select(
        "deliver", "At once or as a digest", _options(DELIVERIES, DIGEST if draft.is_digest else "instant")
    )
    zone = make.select("zone", "Time zone", _zones(draft))
    elsewhere = make.button("elsewhere", "Another zone…")
    if not draft.is_digest:
        return [[how], [zone], [make.back(), make.onward(), elsewhere, make.cancel()]]
    times = make.select("schedule", "Times", _schedules(draft))
    length = make.select(
        "length",
        "Length",
        _options({one: f"{one.capitalize()} digests" for one in Length}, draft.length, LENGTHS),
    )
    others = make.button("times", "Other times…")
    return [
        [how],
        [times],
        [zone],
        [length],
        [make.back(), make.onward(), others, elsewhere, make.cancel()],
    ]


def _check(make: _Items) -> Rows:
    test = make.button("test", "Send a test", waits=True)
    save = make.button("save", "Save", "success", waits=True)
    return [[*make.again(), make.back(), test, save, make.cancel()]]


def _options(
    labels: Mapping[str, str], chosen: str, told: Mapping[Any, str] | None = None
) -> list[discord.SelectOption]:
    return [
        discord.SelectOption(
            label=label, value=value, default=value == chosen, description=(told or {}).get(value)
        )
        for value, label in labels.items()
    ]


def _sections(make: _Items) -> Rows:
    draft = make.draft
    if not draft.offered:
        return []
    options = [discord.SelectOption(label="All sections", value=ALL, default=draft.sections is None)]
    for place, name in enumerate(draft.offered):
        label = cut(one_line(name).strip(), CHOICE_LIMIT) or "…"
        options.append(discord.SelectOption(label=label, value=str(place), default=draft.has(name)))
    several: Item = discord.ui.Select(
        custom_id=f"{make.prefix}sections",
        placeholder="Sections",
        options=options,
        max_values=len(options),
    )
    return [[several]]


def _schedules(draft: Draft) -> list[discord.SelectOption]:
    labels = {text: words[:1].upper() + words[1:] for text, words in SCHEDULES.items()}
    chosen = draft.schedule.text()
    if chosen in labels:
        return _options(labels, chosen)
    return _options({**labels, OTHER: cut(in_words(draft.schedule), CHOICE_LIMIT)}, OTHER)


def _zones(draft: Draft) -> list[discord.SelectOption]:
    keys = list(dict.fromkeys([draft.zone.key, *zones("")]))[:OPTIONS]
    labels = {key: f"{key.rpartition('/')[2].replace('_', ' ')} time" for key in keys}
    return _options(labels, draft.zone.key, {key: key for key in keys if "/" in key})
