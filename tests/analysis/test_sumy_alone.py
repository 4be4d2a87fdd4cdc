"""sumy as a worker imports it."""

import subprocess
import sys

ALONE = "import sys\nfrom bot.analysis.sumy_alone import import_alone\nimport_alone()\n"

SUMMARY = """
from bot.analysis.analysis import Method
from bot.analysis.summarize import summarize
from bot.articles.article import Article
text = "The town of Selby closed its bridge. The mayor left by boat. Nobody came to see the bridge."
article = Article(title="The bridge", text=text, language="en")
print([summarize(article, 1, method).sentences for method in Method])
"""


def said(program: str) -> list[str]:
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    return done.stdout.splitlines()


def test_summaries_are_the_same_without_what_fetches_pages() -> None:
    summaries, there = said(f"{ALONE}{SUMMARY}\nprint('requests' in sys.modules)")
    assert [summaries] == said(SUMMARY)
    assert there == "False"


def test_whoever_asks_for_requests_gets_all_of_it() -> None:
    assert said(f"{ALONE}import requests\nprint(callable(requests.get))") == ["True"]
    assert said(f"import requests\n{ALONE}import sumy.utils\nprint(sumy.utils.requests is requests)") == [
        "True"
    ]
