"""A target that stands as _, or is no cell of a table, is left out of the loss."""

import pytest

from explorer.data.choices import Choices
from explorer.data.data_set import DataSet, encoded
from explorer.data.reading import read_data
from explorer.data.retold import retold
from explorer.errors import ExplorerError
from explorer.graph.output import Target
from explorer.session.document import show
from explorer.tasks import get_task
from tests.settings import a_document


@pytest.mark.parametrize(("text", "targets", "weights"), [
    ("0 1 1 -> _ _ 1\n1 1 -> _ 0", [[0, 0, 1], [0, 0]], [[0, 0, 1], [0, 1]]),
    ("011 -> __1", [[0, 0, 1]], [[0, 0, 1]]),
    ("0.5 1 2 -> _ 1.5 _", [[0, 1.5, 0]], [[0, 1, 0]]),
    ("x = (0.5, −1, 2), y = (_, _, 1.5)", [[0, 0, 1.5]], [[0, 0, 1]]),
    ('[{"inputs": [1, 2], "targets": [null, 3.5]}]', [[0, 3.5]], [[0, 1]]),
    ("(0.1, 0.2); (1, 2); (0, 0) -> _; (3, 4); _", [[0, 3, 0]], [[0, 1, 0]]),
    ("x = [[1], [2]], y = [_, [3, 4]]", [[0, 3]], [[0, 1]]),
    ("x,y\n1,\n2,4.5\n3,_\n4,2", [[0, 4.5, 0, 2]], [[0, 1, 0, 1]]),
    ("a b -> _\nb -> x\na -> y", [[0], [0], [1]], [[0], [1], [1]]),
])  # fmt: skip
def test_it_is_read_from_every_kind_of_text(text: str, targets: list[object], weights: list[object]) -> None:
    data = read_data(text).data
    assert [[step[0] for step in y] for _, y in data.sequences] == targets
    assert [*data.weights] == weights
    assert "left out of the loss" in data.said()
    told = retold(data)
    assert told is not None and read_data(*told).data == data


def test_what_is_read_of_the_others_is_what_it_would_be_without_it() -> None:
    counted, all_counted = read_data("a b c -> _ _ d\nb a -> e f").data, read_data("c -> d\nb a -> e f").data
    assert (counted.targets, counted.output_names) == (all_counted.targets, all_counted.output_names)


def test_where_inputs_have_it_too_it_is_a_symbol() -> None:
    data = read_data("1 0 _ _ -> _ _ 1 0\n0 1 _ _ -> _ _ 0 1").data
    assert data.output_names == ("0", "1", "_") and not data.weights


def test_among_numbers_it_is_no_symbol_whatever_the_inputs_are() -> None:
    data = read_data("a _ b -> 0 _ 1", Choices(targets_are="bits")).data
    assert data.input_names == ("_", "a", "b") and [*data.weights] == [[1, 0, 1]]


@pytest.mark.parametrize(("text", "choices", "said"), [
    ("0 1 -> _ _", Choices(), "All targets are left out"),
    ("0 1 1 -> _ _ 1", Choices(windows=True), "do not cut it into windows"),
])  # fmt: skip
def test_what_cannot_be_is_explained(text: str, choices: Choices, said: str) -> None:
    with pytest.raises(ExplorerError, match=said):
        read_data(text, choices)


BITS = DataSet(
    *(Target.BITS, Target.BITS, ("x",), ("y",), (([[0.0], [1.0], [1.0]], [[1.0], [0.0], [1.0]]),)),
    weights=([1.0, 0.0, 1.0],),
)


@pytest.mark.parametrize(
    "data", [BITS, *(read_data(text).data for text in ("ab cd ab -> _ x yz", "0.5 1 2 -> _ _ 1.5"))]
)
def test_a_sequence_is_written_and_typed_with_it(data: DataSet) -> None:
    task = get_task("own_data", data=encoded(data), share=0)
    drawn = task.example(0, len(data.sequences[0][0]))
    typed = task.typed(task.written(drawn)).drawn
    assert typed is not None
    assert (task.encode(typed).loss_weights == task.encode(drawn).loss_weights).all()
    assert task.written(typed) == task.written(drawn)


def test_it_adds_nothing_to_the_loss() -> None:
    options = {"data": encoded(read_data("0 1 1 -> _ _ 1\n1 1 1 -> 0 0 0").data), "share": 0}
    trace = show(a_document("hidden_to_hidden", "own_data", task_options=options, feedback=None, length=3)).trace
    assert trace.loss == trace.loss_per_step[2, 0] and trace.loss_per_step[0, 0] > 0
