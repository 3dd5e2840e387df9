"""Define a task on endless text: a grammar writes string after string, and each next symbol is to be predicted."""

from abc import abstractmethod
from collections.abc import Iterator
from functools import cached_property

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from explorer.graph.batch import Symbols
from explorer.language import tr
from explorer.tasks.facts import UNKNOWN, Fact
from explorer.tasks.symbol_task import SymbolTask


class Production(Struct, frozen=True):
    """From a state a grammar writes this symbol and goes to the state `to`, with a probability."""

    symbol: str
    to: str
    probability: float = 1.0


Grammar = dict[str, tuple[Production, ...]]
"""What can be written from each state, the first of which is where every sequence begins.

No two productions of a state write the same symbol, so that what was written tells the state."""


class StreamTask(SymbolTask):
    """x(t) is symbol t of what the grammar writes, one-hot; y(t) is the symbol after it.

    One string follows another, so that strings of any length make sequences of one length, and nothing is padded.
    """

    lookahead = 1
    in_order = True
    inputs_are_previous_targets = True

    @property
    @abstractmethod
    def grammar(self) -> Grammar:
        """What writes the sequences."""

    def draw(self, rng: np.random.Generator, T: int, B: int) -> Symbols:
        return self._written(rng, np.zeros(B, np.intp), self.rows(T))

    def draw_on(self, rng: np.random.Generator, T: int, B: int) -> Iterator[Symbols]:
        """Let the grammar write on and on."""
        states = np.zeros(B, np.intp)
        steps = self._written(rng, states, T + 1)
        while True:
            yield steps
            steps = np.concatenate([steps[-1:], self._written(rng, states, T)])

    def _written(self, rng: np.random.Generator, states: NDArray[np.intp], count: int) -> Symbols:
        """What is written next from these states (B,), which become those after it: (count, B)."""
        probabilities, following = self._rules
        steps = np.empty((count, len(states)), np.intp)
        thresholds = probabilities.cumsum(1)[:, :-1]
        for step, chance in zip(steps, rng.random(steps.shape), strict=True):
            step[:] = (thresholds[states] <= chance[:, np.newaxis]).sum(1)
            states[:] = following[states, step]
        return steps

    def targets(self, symbols: Symbols) -> Symbols:
        return symbols[1:].copy()

    def target_distribution(self, T: int) -> NDArray[np.float64]:
        """The mean over the steps of how likely each symbol is written next."""
        frequencies: NDArray[np.float64] = (self._states(T) @ self._rules[0]).mean(0)
        return frequencies

    def entropy_floor(self, T: int) -> float | None:
        """Return the mean over t of the least loss given x(1) … x(t), of a softmax H(x(t+1) | x(1) … x(t)) in nats.

        What was read tells the state of the grammar.
        """
        self.check_length(T)
        return float((self._states(T) @ np.array([self.least_loss(row) for row in self._rules[0]])).mean())

    def knows(self, drawn: Symbols) -> tuple[Fact, ...]:
        return (Fact("node", tr("Node of the grammar"), self._nodes(self.read(drawn)), tuple(self.grammar)),)

    def _nodes(self, symbols: Symbols) -> NDArray[np.intp]:
        """The state of the grammar after each symbol; UNKNOWN from one on that the grammar does not write there."""
        moves = np.vstack([self._rules[1], np.full(self.n_x, UNKNOWN)])  # the last row is that of UNKNOWN
        nodes = np.empty_like(symbols)
        node = np.zeros_like(symbols[0])
        for t, step in enumerate(symbols):
            nodes[t] = node = moves[node, step]
        return nodes

    @cached_property
    def _rules(self) -> tuple[NDArray[np.float64], NDArray[np.intp]]:
        """From each state (states, symbols): how likely each symbol is written next, and to which state, or UNKNOWN."""
        states = list(self.grammar)
        probabilities = np.zeros((len(states), self.n_x))
        following = np.full((len(states), self.n_x), UNKNOWN, np.intp)
        for state, rules in enumerate(self.grammar.values()):
            for rule in rules:
                symbol = self.input_symbols.index(rule.symbol)
                probabilities[state, symbol] = rule.probability
                following[state, symbol] = states.index(rule.to)
        return probabilities, following

    def _states(self, T: int) -> NDArray[np.float64]:
        """How likely the grammar is in each state after t symbols, t = 1 … T: (T, states)."""
        probabilities, following = self._rules
        n = len(probabilities)
        moves = np.zeros((n, n))
        np.add.at(moves, (np.arange(n)[:, np.newaxis], following), probabilities)
        found = [np.eye(n)[0] @ moves]
        while len(found) < T:
            found.append(found[-1] @ moves)
        return np.array(found)
