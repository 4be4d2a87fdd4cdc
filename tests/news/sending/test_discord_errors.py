import pytest

from bot.news.sending.discord_errors import refusal
from storage.packed import Damaged, unpack_text


def test_of_a_text_that_is_damaged_the_way_out_is_told() -> None:
    with pytest.raises(Damaged) as damage:
        unpack_text(b"\0")
    assert "put a backup in its place" in (refusal(damage.value) or "")
