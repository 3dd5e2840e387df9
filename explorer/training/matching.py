"""Tell whether a network and a task go together, by what each declares, and how large that makes the network."""

from collections.abc import Callable, Iterable

from msgspec import Struct
from msgspec.structs import replace

from explorer.architectures import by_group
from explorer.graph.architecture import Architecture, softmax_of_one
from explorer.graph.batch import Batch
from explorer.graph.declaration import Sizes, Span
from explorer.graph.feedback import fed_signals
from explorer.graph.signature import Signal, place_in_words, same_place
from explorer.language import tr
from explorer.tasks import Task, get_task, task_ids
from explorer.wording import either

MOST_NAMED = 3
"""How many others a sentence names to choose from."""


class Clash(Struct, frozen=True):
    """What keeps a network and a task apart: half a sentence, and in a few words what the task needs."""

    said: str
    needs: str


def mismatch(architecture: Architecture, task: Task) -> str | None:
    """Why this network cannot be shown on this task and what to choose instead, in one sentence; None if it can.

    A network without an output reads the inputs and leaves the targets aside.
    """
    found = clash(architecture, task)
    if found is not None:
        return f"{found.said}; {_choose(architecture, task)}."
    sizes = matched_sizes(architecture, task, hidden=1, T=task.default_length)
    return softmax_of_one(for_task(architecture, task), sizes)


def untrainable(architecture: Architecture, task: Task) -> str | None:
    """Why this network cannot learn this task, in one sentence; None if it can."""
    if architecture.output is None:
        return tr(
            "'{architecture}' has no output, so there is no loss to train it by; train another architecture, or "
            "look at this one step by step.",
            architecture=architecture.title,
        )
    return mismatch(architecture, task)


def clash(architecture: Architecture, task: Task) -> Clash | None:
    """What a network and a task do not agree about; None if all of it goes together."""
    takes, gives = architecture.signature, task.signature
    paired = _paired(takes.inputs, gives.inputs)
    for wanted in takes.inputs:
        if wanted.name not in paired:
            return _lacking(architecture, task, wanted)
    left = [signal for signal in gives.inputs if signal not in paired.values() and not signal.previous_target]
    if left and takes.target is not None:
        names = tr("its input {name}", name=left[0].name) if len(gives.inputs) > 1 else tr("its input")
        return Clash(
            tr(
                "'{task}' cannot be learned without {names}, which tells more than the previous targets do, but "
                "'{architecture}' takes {none}",
                task=task.title,
                names=names,
                architecture=architecture.title,
                none=tr("no input") if not takes.inputs else tr("no such input"),
            ),
            tr("needs a network with an input"),
        )
    if takes.target is None or gives.target is None:
        return None
    if same_place(takes.target.span, gives.target.span):
        return None
    asked = _output_in_words(gives.target.span)
    only = tr("only one, ") if takes.target.span.single else tr("one ")
    return Clash(
        tr(
            "'{task}' asks for {asked}, but '{architecture}' gives {only}{place}",
            task=task.title,
            asked=asked,
            architecture=architecture.title,
            only=only,
            place=place_in_words(takes.target.span),
        ),
        tr("needs a network with one output") if gives.target.span.single else tr("needs {asked}", asked=asked),
    )


def for_task(architecture: Architecture, task: Task) -> Architecture:
    """The network with the output that the targets of a task ask for: a softmax for symbols, linear for numbers."""
    if architecture.output is None:
        return architecture
    return architecture.with_output(task.kind)


def signals_of(architecture: Architecture, task: Task) -> dict[str, Signal]:
    """What the task gives to each given node of a network that goes with it, by the node's name."""
    takes, gives = architecture.signature, task.signature
    found = _paired(takes.inputs, gives.inputs)
    if takes.target is not None and gives.target is not None:
        found[takes.target.name] = gives.target
    return found


def told_first(architecture: Architecture, task: Task) -> str | None:
    """The input y(t − 1) that a network leaves aside, as that is fed back anyway; its first is given as y(0)."""
    if architecture.fed_back is None:
        return None
    read = {signal.name for signal in signals_of(architecture, task).values()}
    return next((s.name for s in task.signature.inputs if s.previous_target and s.name not in read), None)


def handing_over(architecture: Architecture, task: Task) -> Callable[[Batch], Batch]:
    """What gives a batch of the task to the network: it names inputs as the nodes are called that take them.

    A network that leaves an input y(t − 1) aside, for that is fed back anyway, is given the first of it as y(0).
    """
    names = {
        name: signal.name for name, signal in signals_of(architecture, task).items() if name != architecture.target
    }
    told = told_first(architecture, task)
    if told is None and all(node == name for node, name in names.items()):
        return lambda batch: batch
    fed = () if told is None or architecture.fed_back is None else fed_signals(architecture.fed_back)

    def handed_over(batch: Batch) -> Batch:
        inputs = {node: batch.inputs[name] for node, name in names.items()}
        symbols = {node: batch.symbols[name] for node, name in names.items() if name in batch.symbols}
        if told is None:
            return replace(batch, inputs=inputs, symbols=symbols)
        initial = {**dict.fromkeys(fed, batch.inputs[told][0]), **batch.initial}
        return replace(batch, inputs=inputs, symbols=symbols, initial=initial)

    return handed_over


def matched_sizes(architecture: Architecture, task: Task, hidden: int, T: int) -> Sizes:
    """The number of units of each dimension, and the length of each segment of time, of a network on a task."""
    sizes, lengths = {"n_h": hidden}, task.lengths(T)
    for name, signal in signals_of(architecture, task).items():
        node = architecture.node(name)
        sizes[node.size] = len(signal.units)
        if signal.span.length in lengths:
            sizes[node.span.length] = lengths[signal.span.length]
    return sizes


def _paired(wanted: Iterable[Signal], given: Iterable[Signal]) -> dict[str, Signal]:
    """The signal that each wanted one gets, by name: one that lives at such steps, of several that of its name."""
    found: dict[str, Signal] = {}
    for signal in wanted:
        free = [other for other in given if other not in found.values() and same_place(other.span, signal.span)]
        free.sort(key=lambda other: other.name != signal.name)
        if free:
            found[signal.name] = free[0]
    return found


def _lacking(architecture: Architecture, task: Task, wanted: Signal) -> Clash:
    """The task has no such input as the network takes."""
    gives, takes = task.signature.inputs, architecture.signature.inputs
    others = [signal for signal in gives if signal.name == wanted.name or len(takes) == len(gives) == 1]
    if not others:
        return Clash(
            tr(
                "'{architecture}' takes an input {name} {place}, which '{task}' does not give",
                architecture=architecture.title,
                name=wanted.name,
                place=place_in_words(wanted.span),
                task=task.title,
            ),
            tr("needs a network with other inputs"),
        )
    given = place_in_words(others[0].span)
    return Clash(
        tr(
            "'{task}' gives an input {given}, but '{architecture}' takes it {place}",
            task=task.title,
            given=given,
            architecture=architecture.title,
            place=place_in_words(wanted.span),
        ),
        tr("needs a network that takes its input {given}", given=given),
    )


def _output_in_words(span: Span) -> str:
    place = place_in_words(span)
    return tr("one output {place}", place=place) if span.single else tr("an output {place}", place=place)


def _choose(architecture: Architecture, task: Task) -> str:
    """What to choose instead: networks that go with the task, and tasks that go with the network."""
    every = (other for group in by_group().values() for other in group)
    networks = [other.title for other in every if other.output and clash(other, task) is None]
    tasks = [
        tr("'{title}'", title=other.title) for id in task_ids() if clash(architecture, other := get_task(id)) is None
    ]
    parts = []
    if networks:
        parts.append(tr("{networks} for '{task}'", networks=_some(networks), task=task.title))
    if tasks:
        parts.append(tr("{tasks} for {architecture}", tasks=_some(tasks), architecture=architecture.title))
    return tr("choose {others}", others=tr(", or ").join(parts)) if parts else tr("choose another of the two")


def _some(titles: list[str]) -> str:
    """Some of these, as in a sentence."""
    return either(titles if len(titles) <= MOST_NAMED else [*titles[:MOST_NAMED], tr("others")])
