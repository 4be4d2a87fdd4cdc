"""Entities of whole articles, found with the packaged English model."""

import subprocess
import sys
from pathlib import Path

import pytest
import spacy
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from bot.analysis.analysis import Entity, EntityKind
from bot.analysis.entities import EntityFinder, detection, spacy_model
from bot.analysis.entities.mentions import Mention
from bot.articles.article import Article
from bot.errors import StartupError
from tests.quality import entities as quality

PERSON, ORGANISATION, PLACE = EntityKind.PERSON, EntityKind.ORGANISATION, EntityKind.PLACE

STORY = """President Clara Whitfield met the Norwegian prime minister, Henrik Solberg, in Geneva on Tuesday.

Whitfield said the U.S. would pay $40 million for a harbour in Norway. "This is good for America," she said.

Mr. Solberg thanked the United States and the World Health Organization (WHO). The WHO sits in Geneva.

The two leaders will speak about the Asia-Pacific region in London next week, Whitfield's office said."""


@pytest.fixture(scope="session")
def finder() -> EntityFinder:
    return EntityFinder()


def article(text: str, *, language: str | None = "en", byline: str | None = None) -> Article:
    return Article(title="Ruth Penhallow comes to Dublin", text=text, language=language, byline=byline)


def found(finder: EntityFinder, text: str, byline: str | None = None) -> dict[str, Entity]:
    return {one.name: one for one in finder.find(article(text, byline=byline)) or ()}


def test_a_story_is_about_its_people_organisations_and_places(finder: EntityFinder) -> None:
    assert finder.find(article(STORY)) == (
        Entity("Clara Whitfield", PERSON, 3, ("Whitfield",)),
        Entity("United States", PLACE, 3, ("U.S.", "America")),
        Entity("World Health Organization", ORGANISATION, 3, ("WHO",)),
        Entity("Henrik Solberg", PERSON, 2, ("Solberg",)),
        Entity("Geneva", PLACE, 2),
        Entity("Norway", PLACE, 1),
        Entity("Asia-Pacific", PLACE, 1),
        Entity("London", PLACE, 1),
    )


def test_what_is_remembered_of_the_words_of_texts_is_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spacy_model, "_KNOWN", 3_000)
    nlp = spacy_model.load_english()

    def read(text: str) -> tuple[list[Mention], int]:
        return detection.find_mentions(nlp, article(text)), len(nlp.vocab.strings)

    before, few = read(STORY)
    _, many = read(" ".join(f"Qua{number}x" for number in range(1_500)))
    _, as_many = read(" ".join(f"Zoi{number}k" for number in range(1_500)))
    after, still_as_many = read(STORY)
    assert few < many == as_many == still_as_many
    assert after == before


def test_nationalities_dates_and_sums_are_no_entities(finder: EntityFinder) -> None:
    assert not found(finder, STORY).keys() & {"Norwegian", "Tuesday", "$40 million", "next week"}


def test_a_part_of_a_name_is_not_counted_once_more(finder: EntityFinder) -> None:
    names = found(finder, f"{STORY}\n\nThere are ships in the Pacific.")
    assert (names["Asia-Pacific"].count, names["Pacific"].count) == (1, 1)


def test_what_only_the_title_names_is_not_counted(finder: EntityFinder) -> None:
    assert not found(finder, STORY).keys() & {"Ruth Penhallow", "Dublin"}


@pytest.mark.parametrize("line", ["Ruth Penhallow", "By Ruth Penhallow"])
def test_who_wrote_the_article_is_not_in_it(finder: EntityFinder, line: str) -> None:
    assert "Ruth Penhallow" in found(finder, f"{STORY}\n\n{line} said so.", "Ruth Penhallow")
    assert "Ruth Penhallow" not in found(finder, f"{STORY}\n\n{line}", "Ruth Penhallow")


def test_the_credits_of_an_agency_are_not_counted(finder: EntityFinder) -> None:
    credited = f"{STORY}\n\n(Reporting by Ruth Penhallow in Dublin; editing by Colin Marsh)"
    assert finder.find(article(credited)) == finder.find(article(STORY))


def test_the_town_of_a_dateline_is_counted_and_its_agency_is_not(finder: EntityFinder) -> None:
    names = found(finder, f"GENEVA (Reuters) - {STORY}")
    assert names["Geneva"].count == 3
    assert "Reuters" not in names


def test_the_agency_counts_where_the_news_is_about_it(finder: EntityFinder) -> None:
    assert "Reuters" in found(finder, f"GENEVA (Reuters) - {STORY}\n\nSolberg spoke to Reuters in Oslo.")


@pytest.mark.parametrize("language", ["de", "xx", None])
def test_an_article_in_a_language_without_a_model_has_no_list_of_entities(
    finder: EntityFinder, language: str | None
) -> None:
    assert finder.find(article(STORY, language=language)) is None


def test_an_article_without_names_has_an_empty_list(finder: EntityFinder) -> None:
    assert finder.find(article("It rained, and then it rained again.")) == ()


def test_the_operators_model_finds_entities_in_its_language(tmp_path: Path) -> None:
    other = EntityFinder({"de": saved_model(tmp_path, "de")})
    text = "Bürgermeisterin Ute Lindner sprach in Aurich. Lindner dankte der USA."
    assert other.find(article(text, language="de")) == (
        Entity("Ute Lindner", PERSON, 2, ("Lindner",)),
        Entity("Aurich", PLACE, 1),
        Entity("Vereinigte Staaten", PLACE, 1, ("USA",)),
    )


def test_entities_that_are_mentioned_as_often_come_in_the_order_of_the_text(tmp_path: Path) -> None:
    other = EntityFinder({"de": saved_model(tmp_path, "de")})
    text = "Boll kam. Aurich schlief, Aurich wachte auf. Ute Boll auch."
    assert [one.name for one in other.find(article(text, language="de")) or ()] == ["Ute Boll", "Aurich"]


def test_the_operators_model_may_replace_the_english_one(tmp_path: Path) -> None:
    other = EntityFinder({"en": saved_model(tmp_path, "en")})
    assert [one.name for one in other.find(article("Ute Lindner met Henrik Solberg.")) or ()] == [
        "Ute Lindner"
    ]


def saved_model(folder: Path, language: str) -> str:
    nlp = spacy.blank(language)
    patterns = {
        "PER": ("Ute Lindner", "Lindner", "Ute Boll"),
        "LOC": ("Aurich", "USA"),
        "MISC": ("Bürgermeisterin",),
    }
    ruler = nlp.add_pipe("entity_ruler")
    ruler.add_patterns(  # type: ignore[attr-defined]  # spaCy types every part of a pipeline as a function
        [{"label": label, "pattern": name} for label, names in patterns.items() for name in names]
    )
    nlp.to_disk(folder / "model")
    return str(folder / "model")


def test_a_model_that_is_not_installed_is_named() -> None:
    with pytest.raises(StartupError, match=r"xx_no_such_model.* for sv"):
        EntityFinder({"sv": "xx_no_such_model"})


def test_only_the_most_mentioned_entities_are_kept(
    finder: EntityFinder, monkeypatch: pytest.MonkeyPatch
) -> None:
    every = finder.find(article(STORY))
    monkeypatch.setattr("bot.analysis.entities.finder.MOST_ENTITIES", 3)
    assert every
    assert finder.find(article(STORY)) == every[:3]


def test_a_text_is_looked_at_up_to_its_limit(finder: EntityFinder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(detection, "LONGEST_TEXT", STORY.index("Mr. Solberg"))
    assert "Geneva" in found(finder, STORY)
    assert "London" not in found(finder, STORY)


def test_a_long_paragraph_is_looked_at_to_its_end(finder: EntityFinder) -> None:
    filler = "It rained, and then it rained again. " * 150
    names = found(finder, f"Clara Whitfield was in London. {filler} Henrik Solberg was in Geneva.")
    assert names.keys() >= {"Clara Whitfield", "Henrik Solberg", "London", "Geneva"}


@pytest.mark.parametrize(
    "hostile",
    [
        "(" * 300_000,
        "x" * 5_000_000,
        "\x00\u202e\u200b" * 100_000,
        "'s " * 60_000,
        "A-" * 100_000,
        "\n" * 300_000,
    ],
    ids=["brackets", "one word", "invisible", "possessives", "hyphens", "lines"],
)
def test_a_hostile_text_is_read_and_hides_no_name_before_it(finder: EntityFinder, hostile: str) -> None:
    assert "Clara Whitfield" in found(finder, f"{STORY}\n\n{hostile}")


@pytest.mark.parametrize(("language", "seen"), [("en", " " * 101), ("zh", "x" * 101)])
def test_a_word_longer_than_any_name_is_not_looked_at_where_words_are_parted(
    language: str, seen: str
) -> None:
    text = f"Geneva {'x' * 101} {'y' * 100}"
    assert detection._bounded(article(text, language=language)) == f"Geneva {seen} {'y' * 100}"


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@example(text="Å b 0 Å")  # an initial is no surname to look for
@given(text=st.lists(st.one_of(st.text(), st.sampled_from(STORY.split())), max_size=60).map(" ".join))
def test_any_text_has_entities_that_can_be_shown(finder: EntityFinder, text: str) -> None:
    counts = []
    for one in finder.find(article(text)) or ():
        counts.append(one.count)
        for name in (one.name, *one.aliases):
            assert name.isprintable()
            assert 2 <= len(name) <= 100
            assert any(c.isalpha() for c in name)
    assert counts == sorted(counts, reverse=True)


def test_a_worker_that_finds_no_entities_does_not_load_spacy() -> None:
    code = "import sys, bot.analysis.analyse; sys.exit('spacy' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True, cwd=Path(__file__).parents[3])


def test_measuring_without_the_data_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    quality.main(tmp_path)
    assert "Nothing to measure" in capsys.readouterr().out
