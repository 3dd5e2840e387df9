"""Next symbol: read a text one character at a time and say each time which character comes next."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from explorer.tasks.alphabet import index_text, visible_name
from explorer.tasks.options import text_option
from explorer.tasks.symbol_task import SymbolTask, entropy
from explorer.tasks.text_file import LARGEST_FILE

LONGEST_PATTERN = 10_000
"""Characters up to which the entropy floor is computed. For a longer text it would say how well a network
does that has learnt the text by heart; none here will, so the line would mislead."""


@dataclass(frozen=True)
class NextSymbol(SymbolTask):
    """x(t) is character t of a window of the text, one-hot; y(t) is the character after it.

    The text is read in a circle, its first character following its last, and a window begins anywhere with
    equal probability. So "hello" is an endless pattern, T may exceed the text, and the targets are exactly as
    frequent as the characters of the text. In a long text the one made-up join is too rare to matter.

    A typed sequence of n symbols makes n − 1 steps: its last symbol is only a target (`lookahead` is 1).
    """

    id: ClassVar[str] = "next_symbol"
    title: ClassVar[str] = "Next symbol"
    lesson: ClassVar[str] = (
        "What comes next depends on more than the last symbol, as in hello, where one l is followed by l and "
        "the other by o, so the network must remember where in the pattern it is."
    )
    networks: ClassVar[str] = (
        "In hello a network with a loop through its hidden state learns it, whether it reads the last symbol as x or, "
        "as Autoregressive does, as what is fed back; one with a loop through its output alone does not, for it sees "
        "one l like the other."
    )
    order: ClassVar[int] = 6
    opens_with: ClassVar[str] = "autoregressive"
    lookahead: ClassVar[int] = 1
    in_order: ClassVar[bool] = True
    inputs_are_previous_targets: ClassVar[bool] = True

    text: str = text_option(
        "hello",
        title="Text",
        minimum=2,
        maximum=LARGEST_FILE,
        help="The text to learn, read in a circle: after its last character comes its first.",
        examples=("hello", "aaab", "abcabd", "tick tock ", "one two three "),
    )

    def __post_init__(self) -> None:
        super().__post_init__()
        self._indexed  # noqa: B018 (a text without a usable alphabet is refused now, not at the first batch)

    @cached_property
    def _indexed(self) -> tuple[tuple[str, ...], NDArray[np.uint8]]:
        return index_text(self.text, "The text")

    @property
    def alphabet(self) -> tuple[str, ...]:
        """The characters of the text, sorted; `input_symbols` are their visible names."""
        return self._indexed[0]

    @cached_property
    def input_symbols(self) -> tuple[str, ...]:
        return tuple(visible_name(character) for character in self.alphabet)

    @property
    def default_length(self) -> int:
        return min(25, max(8, 2 * len(self.text)))

    def draw(self, rng: np.random.Generator, T: int, B: int) -> NDArray[np.intp]:
        """Cut B windows of T + 1 characters out of the text, each from a random place."""
        return self._windows(rng.integers(len(self.text), size=B), T)

    def draw_on(self, rng: np.random.Generator, T: int, B: int) -> Iterator[NDArray[np.intp]]:
        """Cut windows each of which begins with the character that the one before was to predict last."""
        starts = rng.integers(len(self.text), size=B)
        while True:
            yield self._windows(starts, T)
            starts = (starts + T) % len(self.text)

    def _windows(self, starts: NDArray[np.intp], T: int) -> NDArray[np.intp]:
        """The T + 1 characters from each of these places on, (T + 1, B)."""
        places = np.arange(T + 1)[:, np.newaxis] + starts
        return self._indexed[1].take(places, mode="wrap").astype(np.intp)

    def targets(self, symbols: NDArray[np.intp]) -> NDArray[np.intp]:
        return symbols[1:].copy()

    @cached_property
    def _frequencies(self) -> NDArray[np.float64]:
        return np.bincount(self._indexed[1]) / len(self.text)

    def target_distribution(self, T: int) -> NDArray[np.float64]:
        """The frequencies in the text, whatever T, as every place in the circle is equally likely."""
        return self._frequencies

    def entropy_floor(self, T: int) -> float | None:
        """Return the mean over t of H(x(t+1) | x(1) … x(t)), in nats; None for a text above LONGEST_PATTERN.

        By the chain rule of entropy that is (H(x(1) … x(T+1)) − H(x(1))) / T. It is above zero even for a
        pattern that never varies, as the first symbols seen may not yet tell where in it the window began.
        """
        self.check_length(T)
        if len(self.text) > LONGEST_PATTERN:
            return None
        windows = _window_counts(self._indexed[1], T + 1) / len(self.text)
        return max(0.0, (entropy(windows) - self.chance_loss(T)) / T)

    def step_index(self, step: str) -> int:
        """Take a symbol by its visible name or as the character itself."""
        if step not in self.input_steps and step in self.alphabet:
            return self.alphabet.index(step)
        return super().step_index(step)


def _window_counts(text: NDArray[np.uint8], length: int) -> NDArray[np.intp]:
    """Return how often each window of `length` characters occurs in the circular `text`, in no useful order.

    Windows are numbered so that equal ones share a number. A window is a shorter one followed by another, so
    the numbers for `length` come from those for powers of two: some log2(length) sorts, whatever the length.
    """
    blocks = np.unique(text, return_inverse=True)[1]
    windows, counts = np.zeros_like(blocks), np.array([text.size])
    done, block = 0, 1
    while done < length:
        if length & block:
            windows, counts = _joined(windows, np.roll(blocks, -done))
            done += block
        blocks = _joined(blocks, np.roll(blocks, -block))[0]
        block *= 2
    return counts


def _joined(first: NDArray[np.intp], second: NDArray[np.intp]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Number the pairs (first[i], second[i]), equal pairs alike; return the numbers and their counts."""
    pairs = first * (second.max() + 1) + second
    _, numbers, counts = np.unique(pairs, return_inverse=True, return_counts=True)
    return numbers, counts


TASK = NextSymbol
