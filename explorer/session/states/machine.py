"""Read a finite machine off the states of a network: clusters of them are its states, inputs lead from one to another.

States of sequences are clustered (k-means), and of each cluster it is counted where each symbol leads and what comes
out. The fewest clusters are taken whose machine, by the symbols alone, says what the network does on sequences that
it was not read from; then states that no sequence of symbols can tell apart become one (Moore 1956; so did Giles et
al. 1992 with networks that had learned a grammar).
"""

from collections.abc import Generator

import numpy as np
from msgspec import Struct
from msgspec.structs import replace
from numpy.typing import NDArray

from explorer.errors import ExplorerError
from explorer.graph.arrays import Array
from explorer.graph.batch import Symbols

MOST, AGREEMENT = 12, 0.99
"""At most so many clusters are tried; and how often a machine must say what the network does to count as read off."""
_READ = 600
"""Clusters are found among so many states at most."""
FEW = 16
"""Fewer different sequences are not parted into those to read from and those to judge by."""
_NOWHERE = -1


class Runs(Struct, frozen=True, eq=False):
    """What a network did on B sequences of T symbols.

    `states` (T + 1, B, n), from the one before the first symbol; `symbols` (T, B), 0 ≤ x < `inputs`; `outputs` (T, B),
    −1 where there is none; `targets` likewise.
    """

    states: Array
    symbols: Symbols
    inputs: int
    outputs: Symbols
    targets: Symbols

    def some(self, which: NDArray[np.intp]) -> "Runs":
        """Some of the sequences."""
        states, symbols = self.states[:, which], self.symbols[:, which]
        return Runs(states, symbols, self.inputs, self.outputs[:, which], self.targets[:, which])


class Machine(Struct, frozen=True, eq=False):
    """From state q symbol x leads to `moves[q, x]`, −1 where none went; `puts_out[q]` is the output there, −1 for none.

    It begins in `start`. On sequences it was not read from it says what the network does at a share of outputs
    (`agreement`), and what the task wants at a share `right`; `tested` is the number of these sequences. Where there
    are but a few different ones, it is read from all of them and not `apart`.
    """

    start: int
    moves: Symbols
    puts_out: Symbols
    agreement: float
    right: float
    tested: int
    apart: bool

    def __len__(self) -> int:
        return len(self.puts_out)

    def run(self, symbols: Symbols) -> Symbols:
        """The state after each symbol (T, B), −1 from where none is known."""
        return _run(self.start, self.moves, symbols)


class NoMachine(Struct, frozen=True):
    """None of up to `tried` clusters say what the network does: the best agrees at a share of outputs."""

    tried: int
    best: float


def reading(runs: Runs) -> Generator[None, None, Machine | NoMachine]:
    """Read a machine off half of the sequences that differ in a symbol, and judge it by the others, if there are more.

    It pauses after each number of clusters. ExplorerError where no state is finite.
    """
    rng = np.random.default_rng(0)
    different = np.unique(runs.symbols, axis=1, return_index=True)[1]
    order = rng.permutation(different)
    apart = len(order) >= FEW
    half = len(order) // 2 if apart else 0
    read, test = runs.some(order[:half] if apart else order), runs.some(order[half:])
    points = read.states.reshape(-1, read.states.shape[2])
    points = points[np.isfinite(points).all(1)]
    if not len(points):
        raise ExplorerError("Every state overflows, so no machine can be read off: make the weights smaller.")
    few = points[rng.permutation(len(points))[:_READ]]
    best, tried = 0.0, 0
    for k in range(1, min(MOST, len(np.unique(few.round(9), axis=0))) + 1):
        centres = _clustered(few, k, rng)
        found = _machine(read, test, centres, apart)
        best, tried = max(best, found.agreement), k
        if found.agreement >= AGREEMENT:
            return _merged(found)
        yield
    return NoMachine(tried, best)


def _machine(read: Runs, test: Runs, centres: Array, apart: bool) -> Machine:
    k = len(centres)
    T, B, n = read.states.shape
    places = _nearest(read.states.reshape(-1, n), centres).reshape(T, B)
    counts = np.zeros((k, read.inputs, k), np.intp)
    np.add.at(counts, (places[:-1], read.symbols, places[1:]), 1)
    moves = np.where(counts.any(2), counts.argmax(2), _NOWHERE)
    told = read.outputs >= 0
    outputs = np.zeros((k, int(max(read.outputs.max(), test.outputs.max())) + 1), np.intp)
    np.add.at(outputs, (places[1:][told], read.outputs[told]), 1)
    puts_out = np.where(outputs.any(1), outputs.argmax(1), _NOWHERE)
    start = int(np.bincount(places[0], minlength=k).argmax())
    reached = _run(start, moves, test.symbols)
    said = np.where(reached >= 0, puts_out[reached], _NOWHERE)
    told = test.outputs >= 0
    agreement = float((said[told] == test.outputs[told]).mean()) if told.any() else 0.0
    right = float((said[told] == test.targets[told]).mean()) if told.any() else 0.0
    return Machine(start, moves, puts_out, agreement, right, test.symbols.shape[1], apart)


def _run(start: int, moves: Symbols, symbols: Symbols) -> Symbols:
    reached = np.empty_like(symbols)
    state = np.full(symbols.shape[1], start, np.intp)
    for t, step in enumerate(symbols):
        reached[t] = state = np.where(state >= 0, moves[state, step], _NOWHERE)
    return reached


def _merged(machine: Machine) -> Machine:
    """The same without states that are never reached, those that no symbols tell apart being one."""
    reached = [machine.start]
    for state in reached:
        reached += [q for q in machine.moves[state].tolist() if q != _NOWHERE and q not in reached]
    classes = {q: int(machine.puts_out[q]) for q in reached}
    while True:
        led = {q: tuple(classes.get(to, _NOWHERE) for to in machine.moves[q].tolist()) for q in reached}
        numbers = {sign: number for number, sign in enumerate(dict.fromkeys((classes[q], led[q]) for q in reached))}
        finer = {q: numbers[classes[q], led[q]] for q in reached}
        if len(numbers) == len(set(classes.values())):
            break
        classes = finer
    if machine.puts_out[machine.start] == _NOWHERE:
        # Nothing comes out before the first symbol: it may as well begin in a state that is left in the same way.
        others = (q for q in reached if q != machine.start and led[q] == led[machine.start])
        finer[machine.start] = finer[next(others, machine.start)]
    kept = {number: place for place, number in enumerate(dict.fromkeys(finer.values()))}
    finer = {q: kept[number] for q, number in finer.items()}
    first = {finer[q]: q for q in reached}  # the one it begins in only where that is alone
    states = [first[number] for number in sorted(first)]
    moves = np.array([[finer.get(to, _NOWHERE) for to in machine.moves[q].tolist()] for q in states], np.intp)
    return replace(
        machine,
        start=finer[machine.start],
        moves=moves.reshape(len(states), machine.moves.shape[1]),
        puts_out=machine.puts_out[states],
    )


def _clustered(points: Array, k: int, rng: np.random.Generator) -> Array:
    """The centres of k clusters, the best of a few trials of k-means that begin far apart (k-means++)."""
    best, centres = np.inf, points[:k]
    for _ in range(3 if k > 1 else 1):
        found = points[rng.integers(len(points), size=1)]
        while len(found) < k:
            off = np.square(points - found[_nearest(points, found)]).sum(1)
            total = off.sum()
            chosen = int(rng.choice(len(points), p=off / total) if total > 0 else rng.integers(len(points)))
            found = np.concatenate([found, points[chosen : chosen + 1]])
        for _ in range(20):
            places = _nearest(points, found)
            counts = np.bincount(places, minlength=k)[:, np.newaxis]
            totals = np.zeros_like(found)
            np.add.at(totals, places, points)
            moved = np.where(counts > 0, totals / np.maximum(counts, 1), found)
            if np.array_equal(moved, found):
                break
            found = moved
        loss = float(np.square(points - found[_nearest(points, found)]).sum())
        if loss < best:
            best, centres = loss, found
    return centres


def _nearest(points: Array, centres: Array) -> Symbols:
    off = np.square(centres).sum(1) - 2.0 * points @ centres.T
    nearest: Symbols = np.nan_to_num(off, nan=np.inf).argmin(1)
    return nearest
