"""Name the views beside the curves, say what to do in each, and which mean something for a problem: `CARDS`."""

from collections.abc import Callable

from msgspec import Struct

from explorer.language import tr
from explorer.session.viewing import Card
from explorer.training.generate import cannot_write
from explorer.training.problem import architecture_of, task_of
from explorer.training.settings import Problem

Hints = tuple[str, ...]


class CardWords(Struct, frozen=True):
    """`tab` is the name in a word, `title` in full. `hint` says what to do there, in several lengths.

    `why_not` says in one sentence why a view means nothing for a problem, "" where it does; those `of_runs` need one
    that can be trained, too.
    """

    id: Card
    tab: str
    title: str
    hint: Callable[[Problem], Hints]
    of_runs: bool = True
    why_not: Callable[[Problem], str] = lambda _: ""


def _always(*hints: str) -> Callable[[Problem], Hints]:
    return lambda _: hints


def _of_a_loss(*hints: str) -> Callable[[Problem], Hints]:
    """What to do where there is a loss to look at; without one there is nothing to do."""
    return lambda problem: hints if architecture_of(problem).output is not None else ()


def _of_a_chain(*hints: str) -> Callable[[Problem], Hints]:
    """What to do where one step follows another; a tree has no steps in a row to show."""
    return lambda problem: () if any(node.span.tree for node in architecture_of(problem).nodes) else hints


def _takes_feedback(problem: Problem) -> bool:
    return architecture_of(problem).takes_feedback


def _follow_example(problem: Problem) -> Hints:
    if _takes_feedback(problem):
        one = task_of(problem).kind.metric.one
        return (
            tr("Click any {one} to make it wrong, and see what follows.", one=one),
            tr("Click any {one} to make it wrong.", one=one),
            tr("Click to make it wrong."),
        )
    return tr("‹ and › lead to other examples."), tr("‹ ›: other examples.")


def _no_drift(problem: Problem) -> str:
    if _takes_feedback(problem):
        return ""
    return tr("Nothing is fed back in this network, so its states are the same whatever comes out of it.")


def _no_sequences(problem: Problem) -> str:
    target = architecture_of(problem).signature.target
    if target is None or not target.span.single:
        return ""
    return tr("There is one output a sequence, so this is what the other plot of right outputs shows.")


CARDS: dict[str, CardWords] = {
    words.id: words
    for words in (
        CardWords("example", tr("Example"), tr("One example"), _follow_example),
        CardWords(
            "writing",
            tr("Writing"),
            tr("Writing"),
            _always(
                tr("Type what it is to go on from, and press Return."),
                tr("Type a prompt, press Return."),
                tr("Type, press Return."),
            ),
            why_not=lambda problem: cannot_write(architecture_of(problem), task_of(problem)),
        ),
        CardWords(
            "errors",
            tr("Errors"),
            tr("Errors by time step"),
            _always(tr("Point at a time step to read it."), tr("Point at it to read it.")),
        ),
        CardWords("score", tr("Accuracy"), tr("Accuracy"), _always(tr("Click a curve to go there."))),
        CardWords(
            "states",
            tr("States"),
            tr("Hidden states"),
            _always(
                tr("Point at a state to read it; click a step of the path to go there."),
                tr("Click a step of the path to go there."),
            ),
            False,
        ),
        CardWords(
            "reach",
            tr("Reach"),
            tr("How far gradients reach"),
            _of_a_loss(tr("Click a square to see its path.")),
            False,
        ),
        CardWords(
            "drift",
            tr("Drift"),
            tr("State drift"),
            _always(tr("Point at a time step to read it."), tr("Point at it to read it.")),
            why_not=_no_drift,
        ),
        CardWords(
            "sequences",
            tr("Sequences"),
            tr("Whole sequences"),
            _always(tr("Click a curve to go there.")),
            why_not=_no_sequences,
        ),
        CardWords(
            "units",
            tr("Units"),
            tr("What a unit stands for"),
            _always(tr("Click a symbol to go there in the graph."), tr("Click a symbol to go there.")),
            False,
        ),
        CardWords(
            "composition",
            tr("Composition"),
            tr("Repeated composition"),
            _of_a_chain(tr("Click a curve to go to its step.")),
            False,
        ),
        CardWords(
            "jacobians",
            tr("Jacobians"),
            tr("Products of Jacobians"),
            _of_a_chain(tr("Click a step to follow it.")),
            False,
        ),
        CardWords(
            "cliff",
            tr("Cliff"),
            tr("Loss over two weights"),
            _of_a_loss(tr("Click the map to descend from there, or find a cliff."), tr("Click the map to descend.")),
            False,
        ),
    )
}
"""By id, in the order in which they are offered."""
