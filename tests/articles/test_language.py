import pytest

from bot.articles.language import language_of


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The council voted on Tuesday to close the bridge.", "en"),
        ("Der Bürgermeister sagte am Dienstag, die Brücke werde gesperrt.", "de"),
        ("Le maire a déclaré mardi que le pont resterait fermé.", "fr"),
        ("Мэр заявил во вторник, что мост будет закрыт.", "ru"),
        ("市长星期二宣布，这座大桥将关闭数月。", "zh"),
        ("市長は火曜日、橋が閉鎖されると発表した。", "ja"),
        ("أعلن رئيس البلدية يوم الثلاثاء أن الجسر سيغلق.", "ar"),
    ],
)
def test_a_sentence_tells_its_language(text: str, language: str) -> None:
    assert language_of(text) == language


@pytest.mark.parametrize(
    "text", ["", "Yes.", "12345 67890 12345 67890", "— … —", "xq zt bn rw pl ok qw rt fs df gh jk"]
)
def test_too_little_or_no_language_is_unknown(text: str) -> None:
    assert language_of(text) is None
