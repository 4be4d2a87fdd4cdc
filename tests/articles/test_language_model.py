# ruff: noqa: RUF001 - the letters of other scripts are meant
# mypy: allow-untyped-calls
"""The smaller tables beside py3langid itself."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.typing import NDArray
from py3langid.langid import MODEL_FILE, LanguageIdentifier

from bot.articles.language_model import CompactIdentifier, Weights

TEXTS = """
The council voted on Tuesday to close the bridge.
THE COUNCIL VOTED ON TUESDAY TO CLOSE THE BRIDGE.
Der Bürgermeister sagte am Dienstag, die Brücke werde gesperrt.
Le maire a déclaré mardi que le pont resterait fermé.
El alcalde anunció el martes que el puente se cerrará durante meses.
Il sindaco ha annunciato martedì che il ponte resterà chiuso.
O presidente da câmara anunciou na terça-feira que a ponte será fechada.
De burgemeester zei dinsdag dat de brug maanden dicht blijft.
Borgmästaren sade på tisdagen att bron stängs i flera månader.
Ordføreren sa tirsdag at broen blir stengt i flere måneder.
Burmistrz powiedział we wtorek, że most będzie zamknięty.
Starosta v úterý oznámil, že most bude několik měsíců uzavřen.
A polgármester kedden bejelentette, hogy a hidat hónapokra lezárják.
Belediye başkanı salı günü köprünün aylarca kapalı kalacağını açıkladı.
Pormestari kertoi tiistaina, että silta suljetaan kuukausiksi.
Thị trưởng thông báo hôm thứ Ba rằng cây cầu sẽ bị đóng cửa.
Мэр заявил во вторник, что мост будет закрыт.
Мер заявив у вівторок, що міст буде закрито на кілька місяців.
Ο δήμαρχος ανακοίνωσε την Τρίτη ότι η γέφυρα θα κλείσει.
ראש העיר הודיע ביום שלישי שהגשר ייסגר לכמה חודשים.
أعلن رئيس البلدية يوم الثلاثاء أن الجسر سيغلق.
شهردار روز سه‌شنبه اعلام کرد که پل ماه‌ها بسته خواهد بود.
महापौर ने मंगलवार को कहा कि पुल कई महीनों तक बंद रहेगा।
นายกเทศมนตรีประกาศเมื่อวันอังคารว่าสะพานจะปิดหลายเดือน
市长星期二宣布，这座大桥将关闭数月。
市長は火曜日、橋が閉鎖されると発表した。
시장은 화요일에 다리가 몇 달 동안 폐쇄된다고 발표했다.
12345 67890 — … — 🎉
""".strip().splitlines()


@pytest.fixture(scope="module")
def theirs() -> LanguageIdentifier:
    identifier: LanguageIdentifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    return identifier


@pytest.fixture(scope="module")
def ours() -> CompactIdentifier:
    return CompactIdentifier()


@pytest.mark.parametrize("text", ["", "\ud800", *TEXTS, " ".join(TEXTS), " ".join(TEXTS[2:16]) * 4])
def test_a_text_has_the_languages_that_py3langid_gives_it_as_surely(
    text: str, ours: CompactIdentifier, theirs: LanguageIdentifier
) -> None:
    assert ours.rank(text) == theirs.rank(text)


@given(st.text(max_size=200) | st.lists(st.sampled_from(" ".join(TEXTS).split())).map(" ".join))
def test_whatever_stands_in_a_text_is_seen_as_py3langid_sees_it(
    ours: CompactIdentifier, theirs: LanguageIdentifier, text: str
) -> None:
    assert ours.rank(text) == theirs.rank(text)


def tables() -> st.SearchStrategy[NDArray[np.float16]]:
    """Return tables of which some rows have much above the columns' least, and some little or nothing."""
    shapes = st.tuples(st.integers(1, 30), st.integers(1, 150))
    weights = st.sampled_from([-14, -13.5, -3])
    return shapes.flatmap(lambda shape: arrays(np.float16, shape, elements=weights, fill=st.just(-14)))


@given(tables(), st.data())
def test_each_row_comes_out_as_it_was_put_in(table: NDArray[np.float16], data: st.DataObject) -> None:
    chosen = st.lists(st.integers(0, len(table) - 1), min_size=1)
    rows = np.array(data.draw(chosen), dtype=np.intp)
    assert np.array_equal(Weights(table)[rows], table[rows])


def test_rows_with_much_and_with_little_in_them_come_out_as_they_were_put_in() -> None:
    table = np.where(np.arange(100) < np.arange(100)[:, np.newaxis], -3, -14).astype(np.float16)
    rows = np.arange(100)[::-1]
    assert np.array_equal(Weights(table)[rows], table[rows])
