"""Data are written as a text from which exactly the same data are read, or not at all."""

import pytest

from explorer.data.choices import Choices
from explorer.data.data_set import DataSet, sample
from explorer.data.reading import read_data
from explorer.data.retold import MOST_CELLS, retold
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
