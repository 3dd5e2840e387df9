"""Say whether what a view picks out is in what is shown: a selection, the way of a gradient, an account."""

from explorer.errors import ExplorerError
from explorer.graph.unfold import Vertex
from explorer.language import tr
from explorer.session.document import Shown
from explorer.session.viewing import Selection, View


def is_there(shown: Shown, thing: Selection) -> bool:
    """Whether a thing is shown; a node at a step before the first is an initial state."""
    trace = shown.trace
    match thing:
        case Vertex(name, t):
            return name in trace.initial if t < 1 else thing in shown.graph.vertices
        case str():
            return thing in trace.parameters
        case _:
            return True


def leads(shown: Shown, path: tuple[int, int, str] | None) -> bool:
    """Whether there is a loss of step k and a state at step t, between which a gradient could flow."""
    if path is None:
        return True
    k, t, state = path
    trace = shown.trace
    return k in trace.loss_steps and state in shown.architecture.states and t in trace.steps(state)


def check_there(shown: Shown, view: View) -> None:
    """Raise ExplorerError for a selection, or an account that is stayed with, that is not in what is shown."""
    for thing in (view.selection, view.pinned or None):
        if not is_there(shown, thing):
            named = f"{thing.name}({thing.t})" if isinstance(thing, Vertex) else tr("parameter {thing}", thing=thing)
            raise ExplorerError("There is no {named} in what is shown; select something that is drawn.", named=named)


def check_leads(shown: Shown, path: tuple[int, int, str] | None) -> None:
    """Raise ExplorerError for the way of a gradient that is not in what is shown."""
    if path is not None and not leads(shown, path):
        k, t, state = path
        raise ExplorerError(
            "No loss L({k}) and state {state}({t}) are in what is shown; choose steps that are.", k=k, state=state, t=t
        )
