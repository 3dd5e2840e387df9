"""Read a number of a page's text from the computation, as in `[[gradient o(3) 2]]` or `[[learned teacher_forcing]]`.

`NUMBERS` says what can be read. Units and entries are counted from 1, `y` is the unit of the target at that step.
"""

from collections.abc import Callable, Iterable, Mapping

import numpy as np

from explorer.errors import ExplorerError, check_known
from explorer.graph.arrays import Array
from explorer.graph.unfold import Vertex
from explorer.language import grouped, tr
from explorer.lessons.events import thing_named
from explorer.session.document import Shown
from explorer.session.equations.truncation import astray
from explorer.session.runs.bundles import Bundle, bundles
from explorer.session.runs.learning import learned_by
from explorer.session.runs.run_book import RunBook
from explorer.session.runs.runs import Measure, Stage
from explorer.session.runs.verdict import percent
from explorer.training.settings import problem_of

Number = float | int | str
NOT_YET = "…"
"""What is written for a number that is not there: of a run not trained, a node not in what is shown."""


def number(expression: str, shown: Shown, book: RunBook) -> Number:
    """What an expression stands for in what is shown, or of the runs in view.

    Raises ExplorerError for one that means nothing there.
    """
    name, *arguments = expression.split()
    check_known(name, NUMBERS, tr("number of a lesson"))
    try:
        return NUMBERS[name](_Read(shown, book), *arguments)
    except (KeyError, IndexError, TypeError, ValueError, StopIteration) as error:
        raise ExplorerError("There is no [[{expression}]] in what is shown.", expression=expression) from error


class _Read:
    """What numbers are read from."""

    def __init__(self, shown: Shown, book: RunBook) -> None:
        self.shown, self.trace, self.book = shown, shown.trace, book

    def vertex(self, name: str) -> Vertex:
        thing = thing_named(name, self.trace.T)
        if not isinstance(thing, Vertex) or thing.t >= self.trace.steps(thing.name).stop:
            raise ValueError(name)
        return thing

    def unit(self, vertex: Vertex, unit: str) -> int:
        if unit != "y":
            return int(unit) - 1
        assert self.shown.network.target is not None
        return int(self.trace.value(self.shown.network.target, vertex.t).argmax())

    def run(self, mode: str) -> Bundle:
        """The newest runs in view of what is shown, that were fed this; None of them all: those of plain training."""
        here = problem_of(self.shown.document)
        found = [b for b in bundles(self.book.shown) if problem_of(b.first.settings) == here]
        found = [b for b in found if (b.first.settings.feedback or "plain") == mode]
        return next(reversed(found))


def _value(read: _Read, node: str, unit: str = "1") -> Number:
    vertex = read.vertex(node)
    return float(read.trace.value(vertex.name, vertex.t)[read.unit(vertex, unit)])


def _gradient(read: _Read, node: str, unit: str = "1") -> Number:
    vertex = read.vertex(node)
    return float(read.trace.gradient(vertex.name, vertex.t)[read.unit(vertex, unit)])


def _norm(read: _Read, node: str) -> Number:
    vertex = read.vertex(node)
    return float(np.linalg.norm(read.trace.gradient(vertex.name, vertex.t)))


def _share_of_norm(read: _Read, node: str, of: str) -> Number:
    return f"{100 * float(_norm(read, node)) / float(_norm(read, of)):.3g} %"


def _arriving(read: _Read, node: str, source: str, unit: str = "1") -> Number:
    """What comes back to a node from one that reads it."""
    vertex, sender = read.vertex(node), read.vertex(source)
    for contribution in read.trace.reaching(vertex.name, vertex.t):
        if sender in read.trace.consumers(contribution.use, vertex.t):
            return float(read.trace.contribution(contribution, vertex.t)[read.unit(vertex, unit)])
    raise ValueError(source)


def _ways(read: _Read, node: str) -> Number:
    vertex = read.vertex(node)
    return len(read.trace.reaching(vertex.name, vertex.t))


def _at(array: Array, place: Iterable[str]) -> Number:
    return float(array[tuple(int(i) - 1 for i in place)])


def _entries(read: _Read, *names: str) -> Number:
    parameters = read.trace.parameters
    return sum(parameters[name].size for name in names or parameters)


def _symbol(read: _Read, node: str) -> Number:
    """What a given node stands for, or the symbol that a prediction gives most to."""
    vertex = read.vertex(node)
    value, output = read.trace.value(vertex.name, vertex.t), read.shown.network.output
    if output is not None and vertex.name == output.prediction:
        return read.shown.task.describe_target(value)
    return read.shown.said(vertex.name, value)


def _right(read: _Read, mode: str, judged: str) -> Number:
    """The share of right outputs at the end of a run, fed the targets or on its "own" output."""
    latest = read.run(mode).latest(Measure.CLOSED_SCORE if judged == "own" else Measure.OPEN_SCORE)
    return NOT_YET if latest is None else percent(latest)


def _learned(read: _Read, mode: str) -> Number:
    """The first iteration at which enough was right, fed as in training, as above the curves."""
    run = read.run(mode)
    at = learned_by(run)
    if at is not None:
        return grouped(at)
    return NOT_YET if run.stage is Stage.TRAINING else tr("none within {iteration:,}", iteration=run.first.iteration)


NUMBERS: Mapping[str, Callable[..., Number]] = {
    "value": _value,
    "gradient": _gradient,
    "norm": _norm,
    "share_of_norm": _share_of_norm,
    "arriving": _arriving,
    "ways": _ways,
    "parameter": lambda read, name, *place: _at(read.trace.parameters[name], place),
    "slope": lambda read, name, *place: _at(read.trace.parameter_gradients[name], place),
    # What one step adds to the gradient of a parameter.
    "part": lambda read, name, t, *place: _at(read.trace.parameter_contributions(name), (t, *place)),
    # The spectral radius of a recurrent matrix.
    "growth": lambda read, name: float(np.abs(np.linalg.eigvals(read.trace.parameters[name])).max()),
    # Of a truncated gradient of all parameters, with the whole one.
    "cosine": lambda read: astray(read.shown).cosine,
    "entries": _entries,
    "symbol": _symbol,
    "loss": lambda read: read.trace.loss,
    "loss_after": lambda read: read.trace.loss_after,
    "chance": lambda read: float(np.log(read.shown.sizes["n_y"])),
    "events": lambda read: len(read.shown.events),
    "steps": lambda read: read.trace.T,
    "units": lambda read, dimension: read.shown.sizes[dimension],
    "right": _right,
    "learned": _learned,
}
"""What can be read, each by a function of what is shown and the words after its name."""
