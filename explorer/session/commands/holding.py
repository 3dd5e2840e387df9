"""Commands that hold what is computed, and let it go: of the node that is named, or of the one that is selected."""

from explorer.errors import refusal
from explorer.graph.equations.notation import plain_vertex
from explorer.graph.unfold import Vertex
from explorer.language import tr
from explorer.session.commands.command import Command, unless
from explorer.session.holding import hold_edits, holding, released
from explorer.session.session import Session


def _hold(
    session: Session,
    *,
    name: str,
    t: int = 1,
    unit: int | None = None,
    value: float | None = None,
    onward: bool = False,
) -> None:
    """`unit`, counted from 0, else all; at `value`, else where they are; with `onward` at every later step too."""
    session.edit_all(hold_edits(session.shown, Vertex(name, t), unit, value, onward))


def _hold_selected(session: Session) -> str:
    assert isinstance(session.selection, Vertex), "see _not_to_hold"
    session.edit_all(hold_edits(session.shown, session.selection))
    held = plain_vertex(session.shown.trace, session.selection)
    return tr("{node} is held as it is. Enter changes its numbers, Shift+H lets it go.", node=held)


def _let_go(session: Session, *, name: str | None = None, t: int = 1) -> None:
    """What holds the node that is named at this step, else the selected one; everything if that is not held."""
    vertex = session.selection if name is None else Vertex(name, t)
    if name is None and not (isinstance(vertex, Vertex) and holding(session.document, vertex)):
        vertex = None
    assert not isinstance(vertex, str)
    session.change(edits=released(session.document, vertex))


def _not_to_hold(session: Session) -> str:
    if not isinstance(session.selection, Vertex):
        return tr("Select a computed node first, a state such as h(3), then hold it.")
    selected = session.selection
    return refusal(lambda: hold_edits(session.shown, selected))


_NOTHING_HELD = unless(lambda s: holding(s.document, None), tr("Nothing is held, so there is nothing to let go."))


HOLDING = (
    Command("hold", tr("Hold a node"), _hold),
    Command("hold_selected", tr("&Hold what is selected"), _hold_selected, ("H",), _not_to_hold),
    Command("let_go", tr("Let &go what is held"), _let_go, ("Shift+H",), _NOTHING_HELD),
)
