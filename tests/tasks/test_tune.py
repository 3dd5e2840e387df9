"""Tunes against their notes written out."""

from itertools import cycle, islice

import numpy as np
import pytest

from explorer.graph.declaration import ONCE
from explorer.tasks import get_task

TUNE = get_task("tune")
NOTES = {"scale": "c d e f g f e d", "joy": "e e f g g f e d", "mary": "e d c d e e e e", "jacques": "c d e c c d e c"}


@pytest.mark.parametrize("T", [1, 5, 8, 20])
def test_the_name_given_once_is_written_out_in_notes_again_and_again(T: int) -> None:
    batch = TUNE.batch(np.random.default_rng(0), T, 40)
    assert TUNE.signature.inputs[0].span == ONCE
    assert batch.inputs["x"].shape == (1, 40, 4)
    names = [TUNE.input_symbols[name] for name in batch.symbols["x"][0]]
    assert set(names) == set(NOTES)
    for name, notes in zip(names, batch.y.T, strict=True):
        assert [TUNE.output_symbols[note] for note in notes] == list(islice(cycle(NOTES[name].split()), T))


def test_chance_counts_the_notes_that_are_played() -> None:
    played = "".join(NOTES.values()).replace(" ", "")
    np.testing.assert_allclose(TUNE.target_distribution(16), [played.count(note) / 32 for note in "cdefg"])
    np.testing.assert_allclose(TUNE.target_distribution(1), [0.5, 0, 0.5, 0, 0])
