import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.articles.decode import decode
from bot.errors import Refused

GERMAN = (
    "Der Bürgermeister sagte, die Brücke müsse gesperrt werden. Größere Schäden seien nicht ausgeschlossen. "
)
POLISH = "Burmistrz powiedział, że most będzie zamknięty przez kilka miesięcy. Mieszkańcy są źli. "
RUSSIAN = "Мэр заявил во вторник, что мост будет закрыт на несколько месяцев. Жители недовольны объездом. "
JAPANESE = "市長は火曜日、橋が数か月にわたって閉鎖されると発表した。住民は迂回路に不満を抱いている。"
CHINESE = "市长星期二宣布，这座大桥将关闭数月。居民们对此表示不满，因为绕行需要将近一个小时。"
KOREAN = "시장은 화요일 다리가 몇 달 동안 폐쇄될 것이라고 발표했다. 주민들은 불만을 나타냈다. "
TAIWANESE = "市長星期二宣布，這座大橋將關閉數月。居民們對此表示不滿，因為繞行需要將近一個小時。"

ENCODED = [
    (GERMAN, "utf-8"),
    (GERMAN, "utf-8-sig"),
    (GERMAN, "cp1252"),
    (GERMAN, "latin-1"),
    (GERMAN, "utf-16"),
    (GERMAN, "utf-16-le"),
    (GERMAN, "utf-16-be"),
    (GERMAN, "utf-32"),
    (POLISH, "iso8859-2"),
    (POLISH, "cp1250"),
    (RUSSIAN, "koi8-r"),
    (RUSSIAN, "cp1251"),
    (RUSSIAN, "iso8859-5"),
    (RUSSIAN, "utf-16-le"),
    (JAPANESE, "shift_jis"),
    (JAPANESE, "euc_jp"),
    (JAPANESE, "iso2022_jp"),
    (JAPANESE, "utf-16-be"),
    (CHINESE, "gb18030"),
    (CHINESE, "gb2312"),
    (CHINESE, "hz"),
    (CHINESE, "utf-16-le"),
    (TAIWANESE, "big5"),
    (KOREAN, "euc_kr"),
    (KOREAN, "iso2022_kr"),
]


@pytest.mark.parametrize(("text", "encoding"), ENCODED)
def test_a_text_is_read_in_the_encoding_it_was_written_in(text: str, encoding: str) -> None:
    assert decode((text * 3).encode(encoding)) == text * 3


@given(
    st.text(st.characters(exclude_categories=("Cc", "Cs", "Cn", "Co")), min_size=1).filter(
        lambda t: t[0] != "\ufeff"
    )
)
def test_every_text_in_utf8_with_a_mark_comes_back(text: str) -> None:
    assert decode(codecs.BOM_UTF8 + text.encode()) == text


@given(
    st.sampled_from([GERMAN, RUSSIAN, JAPANESE, KOREAN]),
    st.integers(1, 5),
    st.sampled_from(["utf-8", "utf-16"]),
)
def test_texts_of_any_length_come_back(text: str, times: int, encoding: str) -> None:
    assert decode((text * times).encode(encoding)) == text * times


@given(st.binary(max_size=400))
def test_any_bytes_are_a_text_or_are_refused(data: bytes) -> None:
    try:
        answer = decode(data)
    except Refused as refused:
        answer = str(refused)
    assert isinstance(answer, str)


def test_the_declared_charset_counts_where_the_bytes_are_not_utf8() -> None:
    data = f'<html><head><meta charset="windows-1251"></head><p>{RUSSIAN}</p>'.encode("cp1251")
    assert RUSSIAN in decode(data)


def test_a_declared_charset_that_is_none_is_passed_over() -> None:
    data = f'<meta charset="punycode"><p>{GERMAN}</p>'.encode("cp1252")
    assert GERMAN in decode(data)


def test_a_wrong_declaration_does_not_spoil_utf8() -> None:
    data = f'<meta charset="iso-8859-1"><p>{GERMAN}</p>'.encode()
    assert GERMAN in decode(data)


def test_a_text_with_a_few_bad_bytes_is_read() -> None:
    data = (RUSSIAN * 5).encode()
    assert decode(data[:100] + b"\xff\xfe\xff" + data[100:]).count("Мэр") == 5


def test_an_utf8_text_cut_within_a_character_is_read() -> None:
    assert decode((JAPANESE * 3).encode()[:-1]).startswith(JAPANESE)


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "a PNG image"),
        (b"\xff\xd8\xff\xe0" + bytes(range(256)), "a JPEG image"),
        (b"GIF89a" + bytes(range(256)), "a GIF image"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 " + bytes(range(256)), "a WebP image"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3", "a PDF document"),
        (b"PK\x03\x04" + bytes(range(256)), "a ZIP archive"),
        (b"\x1f\x8b\x08" + bytes(range(256)), "a gzip archive"),
        (b"BM" + bytes(range(256)), "an image"),
        (b"\x00\x00\x00\x18ftypmp42" + bytes(range(256)), "a video"),
    ],
)
def test_a_known_kind_of_binary_file_is_refused_by_its_name(data: bytes, kind: str) -> None:
    with pytest.raises(Refused, match=kind):
        decode(data)


@pytest.mark.parametrize(
    "text", ["BMW sold more cars.", "ID3 tags are useful.", "MZ is short.", "GIF is a format."]
)
def test_a_text_may_open_with_the_letters_of_a_binary_kind(text: str) -> None:
    assert decode(text.encode()) == text


def test_noise_is_refused() -> None:
    with pytest.raises(Refused, match="damaged or not a text"):
        decode(bytes(range(256)) * 8)
