"""Take what a network did on many sequences as a machine would do it, symbols in and labels out; or say why not."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from explorer.errors import ExplorerError
from explorer.graph.analyse.step_map import StepMap
from explorer.graph.arrays import Array
from explorer.graph.batch import Symbols
from explorer.graph.declaration import EVERY
from explorer.graph.output import Target
from explorer.session.document import Shown
from explorer.session.states.machine import Runs
from explorer.session.states.many import Many
from explorer.tasks import Fact, all_known

_MOST_BITS = 4


def runs_of(shown: Shown, many: Many, values: Mapping[str, Array], step: StepMap) -> Runs:
    """The whole states, the symbols read and what came out. ExplorerError where no machine could be read off them."""
    network, task = shown.network, shown.task
    if network.output is None:
        raise ExplorerError("Without an output there is nothing that a machine could be judged by.")
    names = input_names(shown)
    if not (names and task.input_span == EVERY == network.node(step.name).span and step.inputs):
        raise ExplorerError("A machine reads a symbol at each step, and here none comes in at each.")
    if step.backward:
        raise ExplorerError("This state has read the sequence from its end, while outputs need what came before.")
    if network.output.kind.target is Target.NUMBERS or _bits(shown) > _MOST_BITS:
        raise ExplorerError("A machine puts out one of a few symbols, and here numbers come out.")
    read = _read(many.facts)
    states = np.concatenate([np.repeat(step.start[np.newaxis, np.newaxis], many.count, 1), step.visited(values)])
    outputs = _at_steps(_labels(network.output.kind.decide(values[network.output.logits])), len(read))
    return Runs(states, read, len(names), outputs, _at_steps(_labels(many.batch.y), len(read)))


def input_names(shown: Shown) -> tuple[str, ...]:
    """What a machine can read at a step, as the task names it: a symbol, or a few bits; nothing where it is numbers."""
    task = shown.task
    if task.input_steps or task.input_kind is not Target.BITS or task.n_x > _MOST_BITS:
        return task.input_steps
    return tuple(f"{bits:0{task.n_x}b}" for bits in range(2**task.n_x))


def symbols_shown(shown: Shown) -> Symbols:
    """What a machine reads of the sequence that is shown: (T, 1)."""
    return _read(all_known(shown.task, shown.draft.drawn))


def _read(facts: tuple[Fact, ...]) -> Symbols:
    """What is read at each step, (T, B): a symbol, or bits as one number, the first bit first."""
    found = [fact.values for fact in facts if fact.id.partition("_")[0] == "read"]
    return found[0] if len(found) == 1 else _labels(np.stack(found, 2))


def output_name(shown: Shown, label: int) -> str:
    """An output of a machine, as the task names it."""
    bits = _bits(shown)
    return f"{label:0{bits}b}" if bits else shown.task.output_units[label]


def _bits(shown: Shown) -> int:
    """How many bits an output is; 0 where it is a symbol."""
    output = shown.network.output
    return 0 if output is None or output.kind.target is Target.SYMBOLS else shown.task.n_y


def _labels(outputs: NDArray[np.number]) -> Symbols:
    """Symbols (steps, B) as they are; bits (steps, B, n) as one number, the first bit first."""
    if outputs.ndim == 2:
        return outputs.astype(np.intp)
    powers = 2 ** np.arange(outputs.shape[2])[::-1]
    labels: Symbols = ((outputs > 1 / 2) @ powers).astype(np.intp)
    return labels


def _at_steps(labels: Symbols, T: int) -> Symbols:
    """A single output stands at the last step, −1 at those before."""
    missing = T - len(labels)
    return np.pad(labels, ((missing, 0), (0, 0)), constant_values=-1)
