"""Next symbol: read a text one character at a time and say each time which character comes next."""

from collections.abc import Iterator
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from explorer.graph.batch import Symbols
from explorer.language import tr
from explorer.tasks.alphabet import LARGEST_ALPHABET, index_text, visible_name
from explorer.tasks.entropy import entropy
from explorer.tasks.facts import Fact
from explorer.tasks.of_text import in_pattern, into_word, kinds
from explorer.tasks.options import choice_option, integer_option, text_option
from explorer.tasks.symbol_task import SymbolTask
from explorer.tasks.text_file import LARGEST_FILE

LONGEST_PATTERN = 10_000
"""Characters up to which the entropy floor is computed. For a longer text it would say how well a network
does that has learnt the text by heart; none here will, so the line would mislead."""

SHORT_TEXT = 60
"""Characters below which a text is a pattern."""


class NextSymbol(SymbolTask):
    """x(t) is character t of a window of the text, one-hot; y(t) is the character after it.

    The text is read in a circle, its first character following its last, and a window begins anywhere with
    equal probability, unless it is chosen to begin with a line or a block. So "hello" is an endless pattern, T may
    exceed the text, and the targets are exactly as frequent as the characters of the text. In a long text the one
    made-up join is too rare to matter.

    A typed sequence of n symbols makes n − 1 steps: its last symbol is only a target (`lookahead` is 1).
    """

    id = "next_symbol"
    title = tr("Next symbol")
    lesson = tr(
        "What comes next depends on more than the last symbol, as in hello, where one l is followed by l and the "
        "other by o, so the network must remember where in the pattern it is."
    )
    networks = tr(
        "In hello a network with a loop through its hidden state learns it, whether it reads the last symbol as x or, "
        "as Autoregressive does, as what is fed back, if that is the target: fed its own output, it must guess which "
        "l a first l was; a network with a loop through its output alone does not, for it sees one l like the other."
    )
    order = 6
    opens_with = "autoregressive"
    lookahead = 1
    in_order = True
    inputs_are_previous_targets = True

    text: str = text_option(
        "hello",
        title=tr("Text"),
        minimum=2,
        maximum=LARGEST_FILE,
        help=tr("The text to learn, read in a circle: after its last character comes its first."),
        examples=("hello", "aaab", "abcabd", "tick tock ", "one two three "),
    )

    starts: str = choice_option(
        ("anywhere", "lines", "blocks"),
        title=tr("Starts"),
        help=tr(
            "Windows begin anywhere in the text, where a line begins, or in blocks of T from its first character on."
        ),
    )
    symbols: int = integer_option(
        LARGEST_ALPHABET,
        title=tr("Symbols"),
        minimum=2,
        maximum=LARGEST_ALPHABET,
        help=tr("At most so many: the most frequent characters are kept, and one more symbol stands for all others."),
    )

    def __init__(self, **chosen: int | str) -> None:
        super().__init__(**chosen)
        self._indexed  # noqa: B018 (a text without a usable alphabet is refused now, not at the first batch)

    @cached_property
    def _indexed(self) -> tuple[tuple[str, ...], NDArray[np.uint8]]:
        return index_text(self.text, tr("The text"), self.symbols)

    @property
    def alphabet(self) -> tuple[str, ...]:
        """The characters of the text, sorted; `input_symbols` are their visible names."""
        return self._indexed[0]

    @cached_property
    def input_symbols(self) -> tuple[str, ...]:
        return tuple(visible_name(character) for character in self.alphabet)

    @property
    def idle(self) -> frozenset[str]:
        """A pattern of a few characters has neither lines nor rare characters."""
        usual = (self.starts, self.symbols) == ("anywhere", LARGEST_ALPHABET)
        return frozenset(("starts", "symbols")) if usual and len(self.text) < SHORT_TEXT else frozenset()

    @cached_property
    def note(self) -> str:
        """What stands for the characters that are not among the most frequent, and how much of the text they are."""
        every, kept = len(set(self.text)), len(self.alphabet)
        if every == kept:
            return ""
        share = 100 * self._frequencies[-1]
        return tr(
            "{input_symbols} stands for {every:,} rarer characters, {share:.1f} % of the text.",
            input_symbols=self.input_symbols[-1],
            every=every - kept + 1,
            share=share,
        )

    @property
    def default_length(self) -> int:
        return min(25, max(8, 2 * len(self.text)))

    def draw(self, rng: np.random.Generator, T: int, B: int) -> Symbols:
        """Cut B windows of T + 1 characters out of the text, each from a random place."""
        starts = self._starts(T)
        return self._windows(starts[rng.integers(len(starts), size=B)], T)

    def draw_on(self, rng: np.random.Generator, T: int, B: int) -> Iterator[Symbols]:
        """Cut windows each of which begins with the character that the one before was to predict last."""
        starts = self._starts(T)
        starts = starts[rng.integers(len(starts), size=B)]
        while True:
            yield self._windows(starts, T)
            starts = (starts + T) % len(self.text)

    def _starts(self, T: int) -> NDArray[np.intp]:
        """The places in the text at which windows of T steps begin, all equally likely."""
        if self.starts == "blocks":
            return np.arange(0, max(1, len(self.text) - T + 1), T)
        return self._line_starts if self.starts == "lines" else self._everywhere

    @cached_property
    def _everywhere(self) -> NDArray[np.intp]:
        return np.arange(len(self.text))

    @cached_property
    def _line_starts(self) -> NDArray[np.intp]:
        points = np.frombuffer(self.text.encode("utf-32-le", "surrogatepass"), dtype="<u4")
        begins = np.concatenate([[True], points[:-1] == ord("\n")])
        return np.flatnonzero(begins & (points != ord("\n")))  # an empty line is no line to begin with

    def _windows(self, starts: NDArray[np.intp], T: int) -> Symbols:
        """The T + 1 characters from each of these places on, (T + 1, B)."""
        places = np.arange(T + 1)[:, np.newaxis] + starts
        return self._indexed[1].take(places, mode="wrap").astype(np.intp)

    def targets(self, symbols: Symbols) -> Symbols:
        return symbols[1:].copy()

    def knows(self, drawn: Symbols) -> tuple[Fact, ...]:
        read = self.read(drawn)
        found = [kinds(self.alphabet, read)]
        if any(character.isspace() for character in self.alphabet):
            found.append(into_word(self.alphabet, read))
        if len(self.text) < SHORT_TEXT:
            found.insert(0, in_pattern(self._indexed[1].astype(np.intp), self.input_symbols, read))
        return tuple(found)

    @cached_property
    def _frequencies(self) -> NDArray[np.float64]:
        return np.bincount(self._indexed[1]) / len(self.text)

    def target_distribution(self, T: int) -> NDArray[np.float64]:
        """The frequencies in the text, whatever T, where windows begin anywhere; else those in its windows."""
        if self.starts == "anywhere":
            return self._frequencies
        begun = np.zeros(len(self.text))
        begun[self._starts(T)] = 1.0
        # Each place is a target of the windows that begin at the T places before it, in the circle.
        around, rest = divmod(T, len(begun))
        before = np.concatenate([[0.0], np.cumsum(np.concatenate([begun, begun]))])
        places = np.arange(len(begun), 2 * len(begun))
        weights = before[places] - before[places - rest] + around * begun.sum()
        found: NDArray[np.float64] = np.bincount(self._indexed[1], weights, self.n_x) / weights.sum()
        return found

    def entropy_floor(self, T: int) -> float | None:
        """Return the mean over t of H(x(t+1) | x(1) … x(t)), in nats; None for a text above LONGEST_PATTERN, or another
        output than a softmax.

        By the chain rule of entropy that is (H(x(1) … x(T+1)) − H(x(1))) / T, over the places where windows begin. It
        is above zero even for a pattern that never varies, as the first symbols seen may not yet tell where in it the
        window began.
        """
        self.check_length(T)
        if len(self.text) > LONGEST_PATTERN or not self.as_symbols:
            return None
        starts = self._starts(T)
        whole, first = (
            entropy(np.unique(_numbered(self._indexed[1], length)[starts], return_counts=True)[1] / len(starts))
            for length in (T + 1, 1)
        )
        return max(0.0, (whole - first) / T)

    def step_index(self, step: str) -> int:
        """Take a symbol by its visible name or as the character itself, one of the rest by what stands for these."""
        if step not in self.input_steps and step in self.alphabet:
            return self.alphabet.index(step)
        if step not in self.input_steps and step in self.text and len(step) == 1:
            return len(self.alphabet) - 1
        return super().step_index(step)


def _numbered(text: NDArray[np.uint8], length: int) -> NDArray[np.intp]:
    """Return a number for the window of `length` characters from each place of the circular `text` on.

    Equal windows share a number. A window is a shorter one followed by another, so
    the numbers for `length` come from those for powers of two: some log2(length) sorts, whatever the length.
    """
    blocks = np.unique(text, return_inverse=True)[1]
    windows = np.zeros_like(blocks)
    done, block = 0, 1
    while done < length:
        if length & block:
            windows = _joined(windows, np.roll(blocks, -done))
            done += block
        blocks = _joined(blocks, np.roll(blocks, -block))
        block *= 2
    return windows


def _joined(first: NDArray[np.intp], second: NDArray[np.intp]) -> NDArray[np.intp]:
    """Number the pairs (first[i], second[i]), equal pairs alike."""
    pairs = first * (second.max() + 1) + second
    numbers: NDArray[np.intp] = np.unique(pairs, return_inverse=True)[1]
    return numbers


TASK = NextSymbol
