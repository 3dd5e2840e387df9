"""A machine is read off a network that is one: its states are clouds around the nodes of a machine that is known."""

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from explorer.errors import ExplorerError
from explorer.graph.analyse.copies import drained
from explorer.session.states.machine import Machine, NoMachine, Runs, reading

PARITY = np.array([[0, 1], [1, 0]])


def runs(
    moves: np.ndarray, outputs: np.ndarray, T: int = 8, B: int = 80, split: int = 1, begin: float | None = None
) -> Runs:
    """Sequences of a machine whose states lie around random places, `split` places for each of its states."""
    rng = np.random.default_rng(7)
    symbols = rng.integers(moves.shape[1], size=(T, B))
    q, visited = np.zeros(B, np.intp), [np.zeros(B, np.intp)]
    for step in symbols:
        q = moves[q, step]
        visited.append(q)
    places = np.array(visited)
    centres = rng.normal(size=(len(moves) * split, 5)) * 3
    around = centres[places * split + rng.integers(split, size=places.shape)]
    around[0] = begin if begin is not None else around[0]
    put_out = outputs[places[1:]]
    return Runs(around + 0.02 * rng.normal(size=around.shape), symbols, moves.shape[1], put_out, put_out)


@pytest.mark.parametrize(("split", "begin"), [(1, None), (2, None), (3, None), (1, 0.0), (2, 9.0)])
def test_parity_has_two_states_that_a_one_swaps_however_many_places_they_are_in(
    split: int, begin: float | None
) -> None:
    machine = drained(reading(runs(PARITY, np.array([0, 1]), split=split, begin=begin)))
    assert isinstance(machine, Machine)
    assert (len(machine), machine.agreement, machine.right) == (2, 1.0, 1.0)
    even = machine.start
    assert machine.moves[even].tolist() == [even, 1 - even]
    assert machine.moves[1 - even].tolist() == [1 - even, even]
    assert machine.puts_out[[even, 1 - even]].tolist() == [0, 1]


@given(seed=st.integers(0, 10_000), states=st.integers(1, 5), inputs=st.integers(1, 3))
@settings(max_examples=25)
def test_any_machine_of_a_few_states_is_read_off_with_no_more_states_than_it_has(
    seed: int, states: int, inputs: int
) -> None:
    rng = np.random.default_rng(seed)
    moves, outputs = rng.integers(states, size=(states, inputs)), rng.integers(2, size=states)
    given = runs(moves, outputs, T=10)
    reached = Machine(0, moves, outputs, 1.0, 1.0, 0, True).run(given.symbols)
    ways = np.concatenate([np.zeros((1, reached.shape[1]), np.intp), reached[:-1]]) * inputs + given.symbols
    assume(np.unique(ways, return_counts=True)[1].min() >= 12)  # else a way may be in no sequence that is read
    machine = drained(reading(given))
    assert isinstance(machine, Machine)
    assert len(machine) <= states + 1  # the beginning may be a state of its own, in which nothing has come out
    said = machine.puts_out[machine.run(given.symbols)]
    assert (said == given.outputs).mean() > 0.97


def test_where_outputs_depend_on_more_than_a_few_states_nothing_is_read_off() -> None:
    rng = np.random.default_rng(3)
    states, symbols = rng.normal(size=(9, 80, 4)), rng.integers(2, size=(8, 80))
    outputs = rng.integers(2, size=(8, 80))
    found = drained(reading(Runs(states, symbols, 2, outputs, outputs)))
    assert isinstance(found, NoMachine)
    assert found.tried == 12 and 0.3 < found.best < 0.75


def test_states_that_all_overflow_are_no_machine_and_it_is_said_why() -> None:
    nothing = np.full((3, 20, 2), np.inf)
    symbols = np.arange(40).reshape(2, 20)
    with pytest.raises(ExplorerError, match="Every state overflows"):
        next(reading(Runs(nothing, symbols, 40, symbols, symbols)))
