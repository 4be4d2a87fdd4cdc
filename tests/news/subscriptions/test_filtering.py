"""Filters that are tried on what came are given so much time and no more."""

from bot.news.subscriptions.filter_text import filter_of
from bot.news.subscriptions.filtering import try_out
from bot.news.subscriptions.filters import Action, Kind
from tests.news.subscriptions.test_filters import Text

FERRY = filter_of(Action.EXCLUDE, Kind.WORDS, "ferry")
TRAIN = filter_of(Action.INCLUDE, Kind.WORDS, "train")
TEXTS = [Text(title="Ferry leaves"), Text(title="Train arrives"), Text(title="Ferry and train")]


def test_filters_are_tried_on_all_where_there_is_time() -> None:
    tried, many = try_out([FERRY, TRAIN], TEXTS, 60)
    assert many == 3
    assert [one.place for one in tried.lost] == [0, 2]


def test_where_there_is_no_time_one_article_is_tried() -> None:
    tried, many = try_out([FERRY], TEXTS, -1)
    assert many == 1
    assert [one.place for one in tried.lost] == [0]


def test_no_filter_loses_nothing() -> None:
    assert try_out([], TEXTS, -1)[1] == 3
    assert try_out([], TEXTS, -1)[0].lost == ()
    assert try_out([FERRY], [], 60)[1] == 0
