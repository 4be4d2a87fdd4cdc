from datetime import UTC, date, datetime

import pytest

from bot.articles.plain import read
from tests.articles.texts import BODY, LEAD, PAGE, TEXT, TITLE


def test_a_scraped_page_gives_title_byline_date_and_body() -> None:
    draft = read(PAGE)
    assert draft.title == TITLE
    assert draft.byline == "Ada Lamb"
    assert draft.published == date(2024, 2, 9)
    assert draft.paragraphs == tuple(BODY)


def test_a_caption_below_the_title_is_in_no_paragraph() -> None:
    draft = read(
        f"{TITLE}\n\n4 Min Read\nThe old bridge\n\n{TEXT}\n\n"
        "Ada Lamb\n\nShare this Article\nLeave a comment\n"
    )
    assert draft.paragraphs == tuple(BODY)
    assert draft.title == TITLE


def test_a_name_after_the_body_is_the_byline() -> None:
    assert (
        read(f"{TITLE}\n\n{TEXT}\n\nAda Lamb\n\nShare this Article\nLeave a comment\n").byline == "Ada Lamb"
    )


def test_a_name_with_more_than_five_lines_behind_it_is_no_byline() -> None:
    assert read(f"{TITLE}\n\n{TEXT}\n\nAda Lamb\n\n" + "Share this\n" * 6).byline is None


def test_a_name_within_the_body_is_no_byline() -> None:
    draft = read(f"{TITLE}\n\n{LEAD}\n\nAda Lamb\n\n{TEXT}")
    assert draft.byline is None
    assert "Ada Lamb" in draft.paragraphs


def test_a_name_above_the_body_without_by_is_no_byline() -> None:
    assert read(f"{TITLE}\nAda Lamb\n\n{TEXT}").byline is None


def test_author_date_and_read_time_may_share_a_line() -> None:
    draft = read(f"{TITLE}\nBy Ada Lamb, staff writer | Feb. 9, 2024, 2:05 p.m. GMT | 3 min read\n\n{TEXT}")
    assert (draft.byline, draft.published) == ("Ada Lamb", datetime(2024, 2, 9, 14, 5, tzinfo=UTC))
    assert draft.paragraphs == tuple(BODY)


def test_the_day_of_publication_counts_before_the_day_of_a_change() -> None:
    assert read(f"{TITLE}\nUpdated 10 Feb 2024\nPublished 9 Feb 2024\n\n{TEXT}").published == date(2024, 2, 9)


def test_an_updated_line_counts_where_there_is_no_other() -> None:
    assert read(f"{TITLE}\nUpdated 5 March 2024\n\n{TEXT}").published == date(2024, 3, 5)


def test_a_date_within_a_sentence_is_not_the_articles() -> None:
    assert read(f"{TITLE}\n\n{TEXT}\n\nThe bridge was opened on 5 March 1964 by the king.").published is None


def test_a_date_that_could_be_two_days_is_unknown_and_not_in_the_text() -> None:
    draft = read(f"{TITLE}\n03/04/2024\n\n{TEXT}")
    assert draft.published is None
    assert draft.paragraphs == tuple(BODY)


def test_labels_above_the_text_are_read() -> None:
    draft = read(
        f"Title: {TITLE}\nAuthor: Ada Lamb\nDate: 9 February 2024\nURL: https://www.example.org/a\n"
        f"Source: The Fairhaven Sun\n\n{TEXT}"
    )
    assert (draft.title, draft.byline, draft.published) == (TITLE, "Ada Lamb", date(2024, 2, 9))
    assert (draft.url, draft.source) == ("https://www.example.org/a", "The Fairhaven Sun")
    assert draft.paragraphs == tuple(BODY)


def test_an_address_counts_only_in_a_line_of_its_own() -> None:
    assert read(f"{TITLE}\n\n{TEXT}\n\nSource: https://example.org/a").url == "https://example.org/a"
    assert read(f"{TITLE}\n\n{TEXT}\n\nMore is to be found at https://example.org/a they said.").url is None


def test_the_title_is_not_repeated_in_the_text() -> None:
    draft = read(f"{TITLE}\n\n{TITLE.upper()}\n\n{TEXT}")
    assert draft.paragraphs == tuple(BODY)


def test_a_text_without_a_title_has_none() -> None:
    draft = read(TEXT)
    assert draft.title is None
    assert draft.paragraphs == tuple(BODY)


def test_a_sentence_with_the_author_below_it_is_a_title() -> None:
    assert read(f"The old bridge is closed.\nBy Ada Lamb\n\n{TEXT}").title == "The old bridge is closed."


def test_a_question_may_be_a_title() -> None:
    assert (
        read(f"Who will pay for the harbour bridge?\n\n{TEXT}").title
        == "Who will pay for the harbour bridge?"
    )


def test_a_short_first_sentence_is_kept() -> None:
    assert (
        read(f"{TITLE}\n\nThe old bridge is closed.\n\n{TEXT}").paragraphs[0] == "The old bridge is closed."
    )


OTHER_SCRIPTS = [
    (
        "市政府宣布大桥关闭三个月",
        "市长星期二宣布，这座大桥将关闭数月。居民们对此表示不满，因为绕行需要将近一个小时，许多人每天都要经过这里。",
        ["首页", "新闻", "体育", "登录"],
        ["分享", "评论", "相关新闻"],
    ),
    (
        "港の橋が三か月閉鎖される",
        "市長は火曜日、橋が数か月にわたって閉鎖されると発表した。住民は迂回路に一時間近くかかるため不満を抱いている。",
        ["ホーム", "ニュース", "スポーツ", "ログイン"],
        ["シェアする", "コメント", "関連記事"],
    ),
    (
        "البلدية تغلق الجسر القديم ثلاثة أشهر",
        "أعلن رئيس البلدية يوم الثلاثاء أن الجسر سيغلق لعدة أشهر. والسكان غير راضين لأن الطريق طويل.",
        ["الرئيسية", "أخبار", "رياضة", "القائمة"],
        ["مشاركة", "التعليقات", "مواضيع ذات صلة"],
    ),
    (
        "Мост через гавань закроют на три месяца",
        "Мэр заявил во вторник, что мост будет закрыт на несколько месяцев. Жители недовольны этим.",
        ["Главная", "Новости", "Спорт", "Войти"],
        ["Поделиться", "Комментарии", "Читайте также"],
    ),
]


@pytest.mark.parametrize(("title", "sentence", "above", "below"), OTHER_SCRIPTS)
def test_pages_in_other_scripts_are_cleaned(
    title: str, sentence: str, above: list[str], below: list[str]
) -> None:
    body = [sentence, sentence + sentence]
    draft = read("\n".join([*above, title, *body, *below]))
    assert draft.paragraphs == tuple(body)
    assert draft.title == title
