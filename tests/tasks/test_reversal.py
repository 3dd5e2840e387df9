"""Reversal against a string turned round by Python."""

from hypothesis import given
from hypothesis import strategies as st

from explorer.graph.declaration import Span
from explorer.tasks import get_task
from tests.oracles.typed import typed


@given(st.text("abcde", min_size=2, max_size=40))
def test_the_string_comes_back_to_front_in_a_segment_of_its_own(read: str) -> None:
    task = get_task("reversal", symbols=5)
    batch = typed(task, read)
    assert "".join(task.output_symbols[letter] for letter in batch.y[:, 0]) == read[::-1]
    assert task.signature.inputs[0].span == Span("T_x")
    assert task.lengths(len(read)) == {"T_x": len(read)}
