"""Invented articles for the tests of summaries."""

from bot.articles.article import Article

HARBOUR = """\
The harbour town of Selby Quay will build a new bridge over the river Orr, its council decided on Monday.
The bridge will replace a ferry that has carried walkers across the water since 1931.
It will cost 12 million crowns, and half of that sum comes from the county.

"We have waited for this bridge for thirty years," said Mara Lind, the mayor of Selby Quay.
"Nobody will miss the ferry in winter," she added.
But the ferry's crew of nine fears for its work.
They handed a letter to the council before the vote.

Why did the council decide so quickly?
The builder Norr & Sons offered to finish the bridge before the summer fair of next year.
However, two other builders complained that they were never asked for an offer.
The county court will hear their complaint in October.

Selby Quay has 8,000 residents, and 2,000 of them work on the other side of the river.
Read more: How the ferry came to Selby Quay in 1931.
Engineers of the county tested the ground on both banks of the Orr last spring."""

CHINESE = (
    "新桥将于明年春天在河上建成，市议会星期一作出了决定。这座桥将取代自一九三一年以来运送行人的渡船。"
    "他们在投票前向市议会递交了一封信。县政府将支付一半的建设费用，共计六百万元。为什么这么快？"
    "两家建筑公司抱怨说他们从未被邀请投标这个项目。法院将在十月份审理这两家公司的投诉案件。"
    "镇上有八千名居民，其中两千人在河的另一边工作。工程师去年春天在两岸对地面进行了测试。"
)


def article(
    text: str = HARBOUR, title: str = "Selby Quay to build a bridge", language: str | None = "en"
) -> Article:
    """Return an article; each line of a paragraph is a sentence."""
    paragraphs = [" ".join(paragraph.split("\n")) for paragraph in text.split("\n\n")]
    return Article(title=title, text="\n\n".join(paragraphs), language=language)
