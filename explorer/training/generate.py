"""Let a network that has learnt a text write on from a prompt: `Writer`, one character at a time."""

from collections.abc import Iterator
from itertools import pairwise
from math import inf

import numpy as np

from explorer.errors import ExplorerError, refuse
from explorer.graph.architecture import Architecture
from explorer.graph.arrays import Array
from explorer.graph.batch import Batch
from explorer.graph.compute.program import Program
from explorer.graph.feedback import TEACHER_FORCING, Feedback
from explorer.graph.output import Target
from explorer.language import tr
from explorer.tasks import Task
from explorer.tasks.next_symbol import NextSymbol
from explorer.training.matching import handing_over
from explorer.training.meaning import reads_later_steps
from explorer.training.problem import architecture_of, connected, sizes_of, task_of
from explorer.training.settings import RunSettings
from explorer.training.validation import own_loop, validated


def cannot_write(architecture: Architecture, task: Task) -> str:
    """Why a network that learns this task cannot write, in one sentence; "" if it can."""
    if not isinstance(task, NextSymbol):
        return tr(
            "A network that learns '{task}' cannot write; train it on '{other}'.",
            task=task.title,
            other=NextSymbol.title,
        )
    if task.target is not Target.SYMBOLS:
        return tr("Only a softmax says how likely each character is; train with that output to write.")
    if reads_later_steps(architecture):
        return tr(
            "'{architecture}' reads later steps, which are not written yet; write with another architecture.",
            architecture=architecture.title,
        )
    return ""


class Writer:
    """A network of one time step, run again and again: each character that it writes is its next input.

    What is fed back is what the run is judged on, where "arg max" and "sample" are the character written.
    """

    def __init__(self, settings: RunSettings, theta: Array):
        """Take the weights, flat. Raises ExplorerError for a network that cannot write."""
        settings = validated(settings)
        task, architecture = task_of(settings), architecture_of(settings)
        refuse(cannot_write(architecture, task))
        assert isinstance(task, NextSymbol)
        self._task, self._handed_over = task, handing_over(architecture, task)
        network = connected(settings, _fed_when_writing(settings))
        self._program = Program(network, sizes_of(settings, 1), 1, 1)
        self.take(theta)
        self._past: dict[str, Array] = {}
        assert network.output is not None  # or it could not have learnt
        self._logits = self._program.memory.steps_of(network.output.logits)[0, 0]
        self._target = self._program.memory.steps_of(network.output.target)[0, 0]

    def take(self, theta: Array) -> None:
        """Go on with other weights, flat: those of a later iteration, say."""
        np.copyto(self._program.memory.theta, theta)

    def write(self, prompt: str, rng: np.random.Generator, temperature: float = 0.0) -> Iterator[str]:
        """Yield characters for ever, those after the prompt.

        At temperature 0 each is the most probable one, else one drawn by `rng` from softmax(o / temperature). Raises
        ExplorerError for an empty prompt, a character that is not in the text, and a temperature below 0.
        """
        return (character for character in self.steps(prompt, rng, temperature) if character)

    def steps(self, prompt: str, rng: np.random.Generator, temperature: float = 0.0) -> Iterator[str]:
        """Yield as `write` does, and before that "" for each character of the prompt that is read, but the last.

        So one who has little time can leave off between any two time steps.
        """
        if not prompt:
            raise ExplorerError("The prompt is empty; give at least one character to go on from.")
        if not 0.0 <= temperature < inf:
            raise ExplorerError(
                "The temperature is {temperature}; choose 0 for greedy writing, or a number above.",
                temperature=temperature,
            )
        symbols = [self._task.step_index(character) for character in prompt]
        return self._written(symbols, temperature, rng)

    def _written(self, symbols: list[int], temperature: float, rng: np.random.Generator) -> Iterator[str]:
        self._past = {}
        for symbol, following in pairwise(symbols):
            self._step(symbol)
            self._keep(following)
            yield ""
        symbol = symbols[-1]
        while True:
            self._step(symbol)
            symbol = chosen(self._logits, temperature, rng)
            self._keep(symbol)
            yield self._task.alphabet[symbol]

    def _step(self, symbol: int) -> None:
        x = np.zeros((1, 1, self._task.n_x))
        x[0, 0, symbol] = 1.0
        (given,) = self._task.signature.inputs
        batch = Batch({given.name: x}, np.zeros((1, 1), np.intp), initial=self._past)
        self._program.load(self._handed_over(batch))
        with np.errstate(all="ignore"):
            self._program.forward()

    def _keep(self, following: int) -> None:
        """Make this step the past of the next, in which `following` was the character that came out."""
        self._target.fill(0.0)
        self._target[following] = 1.0
        self._past = self._program.last_states()


def chosen(logits: Array, temperature: float, rng: np.random.Generator) -> int:
    """Choose a symbol by its logits (n_y,), as `Writer.write` does; logits that overflowed choose the first such."""
    if temperature == 0.0 or not np.isfinite(logits).all():
        return int(np.argmax(logits))
    with np.errstate(over="ignore"):  # a tiny temperature leaves the largest logit alone
        scaled = np.exp((logits - logits.max()) / temperature)
    return int(rng.choice(len(scaled), p=scaled / scaled.sum()))


def _fed_when_writing(settings: RunSettings) -> Feedback | None:
    own = own_loop(settings)
    if own is None or own.signal is None or own.signal.picked is None:
        return own
    # The character written is what an arg-max or a sample would be, so it takes the place of the target.
    return TEACHER_FORCING
