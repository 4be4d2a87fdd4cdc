"""The stemmers that a worker imports, beside those of the whole of NLTK."""

import subprocess
import sys

STEMS = """
from sumy.nlp.stemmers import Stemmer
words = "national running happily Brücken gesprochen maisons cantando городами stadene".split()
names = "english german french spanish russian norwegian dutch italian portuguese swedish".split()
print([Stemmer(name)(word) for name in names for word in words])
"""

ALONE = f"""
import sys
from bot.analysis.nltk_stemmers import import_alone
import_alone()
{STEMS}
print([name for name in sys.modules if name.startswith("nltk.") and name.count(".") == 1])
"""


def said(program: str) -> list[str]:
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    return done.stdout.splitlines()


def test_stems_are_those_of_the_whole_of_nltk_without_the_rest_of_it() -> None:
    stems, modules = said(ALONE)
    assert [stems] == said(STEMS)
    assert "nltk.tokenize" not in modules
    assert "nltk.parse" not in modules


def test_where_nltk_is_there_already_it_is_left_as_it_is() -> None:
    program = "import nltk.tokenize\nfrom bot.analysis.nltk_stemmers import import_alone\nimport_alone()\n"
    assert said(f"{program}print(nltk.tokenize.wordpunct_tokenize('a b'))") == ["['a', 'b']"]
