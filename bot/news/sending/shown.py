"""What a post says of an article and of others, read from the history at once."""

from dataclasses import dataclass

from bot.news.sending.channels import Unpostable
from bot.render.post import COPIES_SHOWN
from storage import articles, deliveries, files, stories
from storage.articles import StoredArticle
from storage.connection import Connection


@dataclass(frozen=True, slots=True)
class ShownPost:
    """An article with what its post says of others."""

    article: StoredArticle
    copies: list[files.Copy]
    more_copies: int
    reply_to: int | None
    knows_older: bool
    texts: int
    """How many its story has, where it leads it."""
    related: StoredArticle | None = None
    """The article that it may be a copy of, or is by what somebody said."""
    related_at: tuple[int, int] | None = None
    """Where that one stands in the channel: place and message."""


async def shown_post(connection: Connection, article_id: int, channel_id: int) -> ShownPost:
    """Return what a post of an article is made of. Raises ``Unpostable`` where its text is gone."""
    stored = await articles.get(connection, article_id)
    if stored is None or not stored.has_a_body:
        raise Unpostable("The article's text is no longer in the history.")
    first = await stories.first_of(connection, stored.id)
    copies, more = await files.copies(connection, stored.id, first, COPIES_SHOWN)
    reply_to, knows_older = await _older(connection, stored, channel_id)
    related, related_at = await _nearest(connection, stored, channel_id)
    if stored.similar_to is not None and related_at is not None:
        reply_to = related_at[1]
    leads = await stories.lead(connection, stored.story_id) == first
    texts = await stories.size(connection, stored.story_id) if leads else 0
    return ShownPost(stored, copies, more, reply_to, knows_older, texts, related, related_at)


async def _nearest(
    connection: Connection, stored: StoredArticle, channel_id: int
) -> tuple[StoredArticle | None, tuple[int, int] | None]:
    """Return the article that a post names as similar or the same, and where it stands in the channel.

    A copy is posted for itself if the channel had not got its text; only if both stand there one names the
    other.
    """
    other_id = stored.similar_to or stored.duplicate_of
    if other_id is None:
        return None, None
    other = await articles.get(connection, other_id)
    if other is None or other.forgotten_at is not None:
        return None, None
    is_in_doubt = stored.similar_to is not None
    which = stories.sharing(other_id) if is_in_doubt else stories.alone(other_id)
    posted = await deliveries.posted_in(connection, which, [channel_id])
    return (other if is_in_doubt or posted is not None else None), posted


async def _older(connection: Connection, stored: StoredArticle, channel_id: int) -> tuple[int | None, bool]:
    """Return the first post in the channel of what an article is an update of, update for update.

    And whether the channel got the very text that is less than this one: then what is new is enough.
    """
    if stored.update_of is None:
        return None, False
    posted = await deliveries.posted_in(connection, stories.versions_before(stored.id), [channel_id])
    older = await deliveries.posted_in(connection, stories.sharing(stored.update_of), [channel_id])
    return None if posted is None else posted[1], older is not None
