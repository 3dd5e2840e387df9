"""Own data as a task: whole sequences of several lengths, or windows of a series; a part is held out."""

from collections import Counter
from itertools import islice

import numpy as np
import pytest
from msgspec.structs import replace

from explorer.data.choices import Choices
from explorer.data.data_set import encoded
from explorer.data.reading import read_data
from explorer.errors import ExplorerError
from explorer.graph.output import Target
from explorer.tasks import get_task
from explorer.tasks.own_data import OwnData
from tests.refusals import refusal_of

WORDS = ("ab", "ba", "aa", "bb", "abb", "baa", "bab", "abab", "bbbb", "aaaa")
LINES = "\n".join(f"{word} -> {word.translate(str.maketrans('ab', '12'))}" for word in WORDS)
SERIES = "t\n" + "\n".join(map(str, range(100)))


def own(text: str, **options: int) -> OwnData:
    task = get_task("own_data", data=encoded(read_data(text).data), **options)
    assert isinstance(task, OwnData)
    return task


def test_what_it_is_follows_from_the_data() -> None:
    task = own(LINES)
    assert (task.input_units, task.output_units, task.target) == (("a", "b"), ("1", "2"), Target.SYMBOLS)
    assert task.signature.target is not None and not task.one_output and not task.inputs_are_previous_targets
    series = own(SERIES)
    assert series.inputs_are_previous_targets and series.in_order and series.target is Target.NUMBERS
    assert own("a b -> x\nb a -> y").one_output


def test_example_k_is_sequence_k_of_the_file_with_its_own_length() -> None:
    task = own(LINES)
    assert [task.length_of(k) for k in range(11)] == [2, 2, 2, 2, 3, 3, 3, 4, 4, 4, 2]
    assert task.written(task.example(4, 3)) == "abb → 122"
    with pytest.raises(ExplorerError, match="Sequence 4 of 'Own data' has 3 steps, not 2"):
        task.example(4, 2)


def test_mini_batches_are_of_one_length_each_and_as_frequent_as_their_sequences() -> None:
    task = own(LINES, share=0)
    assert set(task.shapes(5, 3)) == {(2, 3), (3, 3), (4, 3)}
    seen = Counter(T for T, _ in islice(task.batches(np.random.default_rng(1), 5, 3), 3000))
    assert {T: round(n / 300) for T, n in seen.items()} == {2: 4, 3: 3, 4: 3}
    for T, batch in islice(task.batches(np.random.default_rng(2), 5, 9), 20):
        assert batch.y.shape == (T, {2: 4, 3: 3, 4: 3}[T])
        assert np.array_equal(batch.symbols["x"], batch.y), "a is 1 and b is 2"


def test_a_share_is_held_out_by_its_seed_and_never_trained_on() -> None:
    def sides(split: int) -> tuple[set[bytes], set[bytes]]:
        task = own(LINES, share=30, split=split)
        trained = islice(task.batches(np.random.default_rng(1), 1, 1), 200)
        held = task.held_out(np.random.default_rng(1), 1, 100)
        assert sum(batch.y.shape[1] for _, batch in held) == 3
        words = [{y.tobytes() for _, batch in part for y in batch.y.T} for part in (trained, held)]
        return words[0], words[1]

    trained, held = sides(0)
    assert len(trained) == 7 and not trained & held
    assert sides(0) == (trained, held) and any(sides(split)[1] != held for split in range(1, 5))


def test_the_end_of_a_series_is_held_out_and_windows_lie_on_one_side() -> None:
    task = own(SERIES, share=20)
    x = [batch.inputs["x"] for _, batch in islice(task.batches(np.random.default_rng(1), 10, 8), 50)]
    assert max(map(np.max, x)) == 78 and min(map(np.min, x)) == 0
    ((_, judged),) = task.held_out(np.random.default_rng(1), 10, 50)
    assert judged.inputs["x"].min() >= 79 and np.array_equal(judged.y, judged.inputs["x"] + 1)
    ((_, longer),) = task.held_out(np.random.default_rng(1), 40, 5)
    assert longer.y.max() == 99, "windows that end in what is held out"
    with pytest.raises(ExplorerError, match="Windows of 80 steps are longer than the data, of which 79 steps in a row"):
        task.check_length(80)


def test_windows_in_order_go_on_where_those_before_ended() -> None:
    stream = own(SERIES).batches(np.random.default_rng(3), 7, 4, in_order=True)
    (_, before), (_, after) = next(stream), next(stream)
    assert np.array_equal(after.inputs["x"][0] % 79, (before.inputs["x"][-1] + 1) % 79)


def test_it_notes_what_is_held_out() -> None:
    assert own(LINES, share=30).note == "7 sequences to train on, 3 held out."
    assert own(SERIES).note == "79 steps are trained on, the 20 after them held out."
    assert own(LINES, share=0).note == "Nothing is held out: runs are judged on what they are trained on."


def test_it_notes_targets_that_a_sigmoid_cannot_reach_where_there_is_a_loss_of_them() -> None:
    squared = {"output": "sigmoid_mse", "share": 0}
    far = own("0.1 0.2 -> 0.5 1.5\n0.3 0.4 -> -2.5 0.5", **squared).note
    assert "Targets are from -2.5 to 1.5" in far and "Choose a linear output" in far
    assert "sigmoid" not in own("0.1 0.2 -> 0.5 1.5\n0.3 0.4 -> -2.5 0.5", share=0).note
    assert "sigmoid" not in own("0.1 0.2 -> 0.25 0.75\n0.3 0.4 -> 1 0", **squared).note
    left_out = own("0.1 0.2 -> _ 1.5\n0.3 0.4 -> _ 0.5", **squared)
    assert left_out.weighted and "Targets are from 0.5 to 1.5" in left_out.note


def test_guessing_does_as_well_as_the_frequencies_or_the_mean_of_what_is_trained_on() -> None:
    guess = -(0.25 * np.log(0.25) + 0.75 * np.log(0.75))
    assert own("ab -> 12\nba -> 22", share=0).chance_loss(2) == pytest.approx(guess)
    task = get_task("own_data", data=encoded(read_data("1.5 2.5 -> 1.5 3.5").data))
    assert task.chance_loss(2) == 0.5 and task.tolerance(2) == pytest.approx(0.1)
    data = replace(read_data("1.5 2.5 -> 1.5 3.5").data, weights=([3.0, 1.0],))
    assert get_task("own_data", data=encoded(data)).chance_loss(2) == pytest.approx((3 * 0.5**2 + 1.5**2) / 4 / 2)
    bits = encoded(read_data("a,y\n1,0\n2,1", Choices()).data)
    assert get_task("own_data", data=bits).chance_loss(2) == pytest.approx(np.log(2))


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("ab", "'Own data' has no rule for targets; write them as well: inputs -> targets."),
        ("ab -> 1", "Here are 2 inputs and 1 targets; write as many, 2."),
        ("ac -> 11", "“c” is no symbol of the inputs of 'Own data'; write a or b."),
    ],
)
def test_targets_of_what_is_typed_must_be_typed_too(text: str, sentence: str) -> None:
    assert refusal_of(own(LINES).typed, text) == sentence
    typed = own(SERIES).typed("1 2 4")
    assert typed.drawn is not None and typed.drawn[:, 0].tolist() == [[1.0, 2.0], [2.0, 4.0]]
