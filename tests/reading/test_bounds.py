"""The numbers that a setting can be are read from its declaration, said in words, and hold for JSON and records."""

from typing import Annotated

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import Meta, Struct, ValidationError, convert, to_builtins

from explorer.reading.bounds import Bounds, declared, out_of_bounds
from explorer.session.document import Document
from explorer.training.settings import SHOWN
from tests.settings import a_document, flat


@pytest.mark.parametrize(
    ("bounds", "words"),
    [
        (Bounds(1, 4096, whole=True), "a whole number from 1 to 4,096"),
        (Bounds(0, 1000, above=True), "a number above 0, up to 1,000"),
        (Bounds(0, 1, below=True), "a number from 0 to below 1"),
        (Bounds(0, 1, above=True, below=True), "a number above 0 and below 1"),
        (Bounds(1), "a number of at least 1"),
    ],
)
def test_bounds_say_what_can_be(bounds: Bounds, words: str) -> None:
    assert str(bounds) == words


class Inside(Struct, frozen=True):
    share: Annotated[float, Meta(gt=0, lt=1, title="Share")] = 0.5
    pair: tuple[Annotated[int, Meta(ge=2, le=4)], ...] | None = None


class Outside(Struct, frozen=True):
    count: Annotated[int, Meta(ge=1, le=9)] = 3
    inside: Inside = Inside()


@given(
    st.integers(-2, 12),
    st.floats(-1, 2) | st.sampled_from([0.0, 1.0, float("nan")]),
    st.none() | st.lists(st.integers(0, 6), max_size=3).map(tuple),
)
def test_they_are_those_that_the_declaration_asks_for(count: int, share: float, pair: tuple[int, ...] | None) -> None:
    found = Outside(count, Inside(share, pair))
    values = {"count": count, "inside": {"share": share, "pair": None if pair is None else list(pair)}}
    try:
        convert(values, Outside)
        refused = share != share  # it lets a number pass that is none
    except ValidationError:
        refused = True
    said = out_of_bounds(Outside, found, {})
    assert bool(said) == refused and said == out_of_bounds(Outside, values, {})


def test_a_smaller_upper_bound_can_be_asked_for() -> None:
    longest = a_document(length=SHOWN["length"] + 1)
    assert out_of_bounds(Document, longest, {}) is None
    assert out_of_bounds(Document, to_builtins(longest), SHOWN) == (
        "'Length T' is 1001; choose a whole number from 1 to 1,000."
    )


def test_every_setting_is_known_by_name_and_the_one_nearest_to_the_root_is_meant() -> None:
    settings = declared(Document)
    assert settings.keys() == flat(Document()).keys() | {"network", "task", "plan", "training", "schedule"}
    assert settings["learning_rate"].optional and settings["learning_rate"].kind is float
    assert settings["batch"].title == "Batch" and settings["batch"].default == 32
