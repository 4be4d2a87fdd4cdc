"""``gazette compare``: what the files would be to each other, in their order, on an empty history."""

from bot.analysis.shingles import Shingled
from bot.analysis.terms import Terms
from bot.articles.article import Article
from bot.clock import Clock
from bot.files import Json
from bot.news.memory import MemoryHistory
from bot.news.stories import Decision, arrival

type Compared = tuple[Article, Shingled, Terms]
"""What a worker made of a file."""


class Comparing:
    """Decides over files one after the other, as the bot does over those of its folder; stores nothing."""

    def __init__(self, clock: Clock) -> None:
        self._history = MemoryHistory()
        self._came_at = clock()
        self._paths: list[str] = []

    def decide(self, path: str, compared: Compared) -> tuple[Decision, str | None]:
        """Return what the next file is, and the path of the one that it was decided by."""
        decision = self._history.take(arrival(*compared, self._came_at))
        self._paths.append(path)
        return decision, None if decision.of is None else self._paths[decision.of]


def decision_json(path: str, decision: Decision, of: str | None) -> Json:
    """Return the object that ``gazette compare --json`` prints."""
    return {
        "path": path,
        "verdict": decision.verdict.value,
        "of": of,
        "containment": round(decision.containment, 3),
        "novel_words": decision.novel_words,
        "similar": decision.is_similar,
        "replaced": [
            {"detail": one.detail.value, "old": one.old, "new": one.new} for one in decision.replaced
        ],
    }
