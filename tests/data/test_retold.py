"""Data are written as a text from which exactly the same data are read, or not at all."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from explorer.data.choices import Choices
from explorer.data.data_set import DataSet, check, sample
from explorer.data.reading import read_data
from explorer.data.retold import MOST_CELLS, retold
from explorer.data.source import LEFT_OUT
from explorer.errors import ExplorerError
from explorer.graph.output import Target

ORDERED = Choices(inputs_also=("h", "e", "l", "o"))
AS_NUMBERS = Choices(inputs_are="numbers", targets_are="numbers")


@pytest.mark.parametrize(
    ("text", "choices"),
    [
        *[
            ("hello", Choices()),
            ("hello", ORDERED),
            ("101 -> 110\n01 -> 11", Choices()),
            ("abc -> xy\nacb -> yx", Choices()),
        ],
        *[("a good film -> up\na bad one -> down", Choices()), ("0.5 -> 1", Choices(targets_also=("0", "1")))],
        *[("0.5 -1 1e-3 -> 1.5 0.1 2", Choices()), ("1 2 3 -> 4 5 6", AS_NUMBERS), ("112 98 130", Choices(ahead=2))],
        ("sequence,rain,warmth\n1,0.5,17.5\n1,0.25,18\n2,1,12\n2,3,11", Choices()),
        ("a,b,y\n1,2.5,x\n2,3,z\n3,1,x", Choices()),
        ('[{"inputs":[[0.5,1],[1,2]],"targets":[1,0]}]', Choices()),
    ],
)
def test_the_same_data_are_read_again(text: str, choices: Choices) -> None:
    data = read_data(text, choices).data
    told = retold(data)
    assert told is not None
    assert read_data(*told).data == data


def test_as_little_is_chosen_as_is_needed_and_the_text_is_as_one_types_it() -> None:
    assert retold(read_data("hello").data) == ("hello", Choices())
    assert retold(sample()) is not None
    assert retold(read_data("abcdefghijklmnopqrst" * 100).data) is not None, "of many symbols, one stands at each step"


def test_what_cannot_be_said_so_or_is_long_is_not_told() -> None:
    weighted = DataSet(*(Target.NUMBERS, Target.NUMBERS, ("x",), ("x",), (([[0.5]], [[1.5]]),)), weights=([0.5],))
    assert retold(weighted) is None
    long = [[float(t % 7)] for t in range(MOST_CELLS)]
    assert retold(DataSet(Target.NUMBERS, Target.NUMBERS, ("x",), ("x",), ((long, long),))) is None


SYMBOLS = st.sampled_from(
    ["a", "b", "0", "1", "10", "1.5", "_", "#", "->", "x=", "x: 1", "[", '"', "|", "&", "\\", ",", "é"]
)
NUMBERS = st.sampled_from([0.0, 1.0, 2.0, -0.5, 1e-3, 1e9, 1 / 3])


@st.composite
def data_sets(draw: st.DrawFn) -> DataSet:
    """Data of every kind, in which any target may be left out of the loss."""
    kinds = [draw(st.sampled_from(Target)) for _ in range(2)]
    one_output, weighted = draw(st.booleans()), draw(st.booleans())
    names, steps = [], []
    for letter, kind in zip("xy", kinds, strict=True):
        if kind is Target.SYMBOLS:
            names.append(tuple(draw(st.lists(SYMBOLS, min_size=2, max_size=4, unique=True))))
            steps.append(st.integers(0, len(names[-1]) - 1).map(lambda place: [float(place)]))
            continue
        width = draw(st.integers(1, 3))
        names.append((letter,) if width == 1 else tuple(f"{letter}{unit}" for unit in range(1, width + 1)))
        entry = NUMBERS if kind is Target.NUMBERS else st.sampled_from([0.0, 1.0])
        steps.append(st.lists(entry, min_size=width, max_size=width))
    sequences, weights = [], []
    for T in draw(st.lists(st.integers(1, 4), min_size=1, max_size=3)):
        count = 1 if one_output else T
        x, y = (
            draw(st.lists(steps[0], min_size=T, max_size=T)),
            draw(st.lists(steps[1], min_size=count, max_size=count)),
        )
        weights.append([float(draw(st.booleans())) if weighted else 1.0 for _ in y])
        sequences.append((x, [step if w else [0.0] * len(step) for step, w in zip(y, weights[-1], strict=True)]))
    some = any(0.0 in each for each in weights)
    data = DataSet(*kinds, *names, tuple(sequences), one_output=one_output, weights=tuple(weights) if some else ())
    taken = kinds[1] is Target.SYMBOLS and LEFT_OUT in (*names[0], *names[1])  # as a symbol, so it leaves nothing out
    assume(any(1.0 in each for each in weights) and not (some and taken))
    try:
        check(data)
    except ExplorerError:
        assume(False)
    return data


@given(data_sets())
def test_data_of_every_kind_are_read_again(data: DataSet) -> None:
    told = retold(data)
    assert told is not None
    assert read_data(*told).data == data
