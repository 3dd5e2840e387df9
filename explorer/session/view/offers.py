"""Say what a learner may do next where the stepper stands: `offered`, a command and the words for its button."""

from collections.abc import Mapping

from msgspec import Struct
from msgspec.structs import replace

from explorer.graph.analyse.events import Phase
from explorer.language import tr
from explorer.session.document import Shown
from explorer.session.view.timetable import timetable
from explorer.session.viewing import View


class Offer(Struct, frozen=True):
    """A command by its id, with its arguments; `words` for it, the longest first, and a tool tip."""

    command: str
    words: tuple[str, str, str]
    tip: str
    arguments: Mapping[str, object] = {}


FIRST_STEP = Offer("next", (tr("Compute the first node"), tr("First node"), tr("First")), tr("Go one event on (Space)"))
GO_ON = Offer(
    "take_update",
    (tr("Take this update and go on"), tr("Take it, go on"), tr("Go on")),
    tr("Begin the next iteration with the weights that this update leads to (U)"),
)
_TO_GRADIENTS = (tr("On to the first gradient"), tr("First gradient"), tr("Gradient"))
_GRADIENTS_TIP = tr("Compute all that comes before, and go to where the first gradient arrives")


def offered(shown: Shown, view: View) -> Offer | None:
    """What comes next: the first node, the first gradient, another iteration; None where one is on the way."""
    cursor = view.cursor
    if shown.trace.mini_batch is not None:
        return None  # what is told of a run goes on by itself
    if cursor == len(shown.events):
        return GO_ON if shown.network.output is not None else None
    if cursor == 0:
        return _first_node(shown, view)
    gradients = [place for place, event in enumerate(shown.events) if event.phase is Phase.BACKWARD]
    if not gradients or cursor > gradients[0]:
        return None
    losses = shown.events[gradients[0]].name  # ∂L/∂L(t) = 1 is none to wait for
    first = next((place for place in gradients if shown.events[place].name != losses), gradients[0])
    return Offer("go_to", _TO_GRADIENTS, _GRADIENTS_TIP, {"cursor": first + 1})


def _first_node(shown: Shown, view: View) -> Offer:
    """To compute the first node that is drawn; a learner who predicts each is asked about those before it too."""
    table = timetable(shown, view.show_a, closed=not view.open_cells)
    first = next((n for n, e in enumerate(shown.events, 1) if e.vertex and table.stands_for(e.vertex) == e.vertex), 1)
    if first == 1 or view.quiz:
        return FIRST_STEP
    tip = tr("Go on until the first node that is drawn has its value")
    return replace(FIRST_STEP, command="go_to", arguments={"cursor": first}, tip=tip)
