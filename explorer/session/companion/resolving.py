"""Work out what stands beside the graph of a session: `Beside`, which works out anew only what has changed."""

from msgspec import Struct
from msgspec.structs import replace

from explorer.errors import ExplorerError
from explorer.graph.feedback import why_no_feedback
from explorer.language import tr
from explorer.session.carried import carried
from explorer.session.companion.compared import Compared
from explorer.session.document import Document, Shown, show
from explorer.session.fitted import fitted
from explorer.session.runs.along import weights_along
from explorer.session.runs.runs import RunRecord
from explorer.session.session import Session
from explorer.session.viewing import Companion, OtherNetwork, OtherRun, OtherTime, WeightsBefore
from explorer.session.weights import Weights, weight_edits, without_inherited
from explorer.training.matching import mismatch
from explorer.training.problem import architecture_of, task_of
from explorer.training.settings import changed


class Wanted(Struct, frozen=True, eq=False):
    """The document that is to stand beside, and its weights; None: the initial ones of its seed.

    `key` tells the weights of a run, by its id and the iteration, which are made anew each time they are asked for.
    """

    document: Document
    weights: Weights | None
    key: tuple[int, int] | None = None

    def same(self, other: "Wanted | None") -> bool:
        """Whether both lead to the same numbers."""
        if other is None or self.document != other.document or self.key != other.key:
            return False
        return self.key is not None or self.weights is other.weights


class Beside:
    """What stands beside the graph of a session; it is asked for after every change."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._wanted: Wanted | None = None
        self._shown: Shown | None = None
        self._pair: Compared | None = None

    @property
    def weights(self) -> Weights | None:
        """Those on the right in the last `pair`; None: the initial ones."""
        return None if self._wanted is None else self._wanted.weights

    def pair(self, companion: Companion) -> Compared:
        """Both graphs; ExplorerError, in one sentence, where this cannot stand beside what is shown now."""
        why = why_nothing(self._session)
        if why:
            raise ExplorerError(why)
        found = wanted(self._session, companion)
        if self._shown is None or not found.same(self._wanted):
            weights = found.weights
            document = without_inherited(found.document, weights)
            self._shown = show(document, *((weights.parameters, weights.moments) if weights else ()))
            self._wanted = found
        if self._pair is None or self._pair.left is not self._session.shown or self._pair.right is not self._shown:
            self._pair = Compared(self._session.shown, self._shown)
        return self._pair

    def forget(self) -> None:
        """Nothing stands beside any more."""
        self._wanted = self._shown = self._pair = None


def why_nothing(session: Session) -> str:
    """Why nothing at all can stand beside what is shown, in one sentence; "" if something can."""
    if session.weights is None or session.weights.telling is None:
        return ""
    return tr("An update of a run is told in slow motion, with its own mini-batch: nothing can stand beside it.")


def why_not(session: Session, companion: Companion) -> str:
    """Why this cannot stand beside what is shown, in one sentence; "" if it can."""
    try:
        wanted(session, companion)
    except ExplorerError as error:
        return str(error)
    return ""


def wanted(session: Session, companion: Companion) -> Wanted:
    """What this companion is beside what is shown now; ExplorerError if it means nothing here."""
    document, weights = session.document, session.weights
    match companion:
        case OtherTime():
            architecture = session.shown.architecture
            if not architecture.takes_feedback:
                raise ExplorerError(why_no_feedback(architecture))
            after = replace(document, test_time=not document.test_time)
            return Wanted(carried(document, after)[0], weights)
        case OtherNetwork(id):
            after = changed(document, architecture=id)
            if after == document:
                raise ExplorerError(tr("That network is shown already; choose another one to stand beside it."))
            return Wanted(_on_this_task(document, after), None)
        case OtherRun(run, iteration):
            record = session.runs.find(run)
            if record.settings.task != document.task:
                raise ExplorerError(
                    tr("{run} was trained on another task; choose a run of the task that is shown.", run=record.name)
                )
            after = _on_this_task(document, replace(document, network=record.settings.network))
            found = weights_along(session.runs, run, _iteration(session, record, iteration))
            if session.view.travel == (run, found.iteration) and session.looking:
                raise ExplorerError(tr("The graph shows these weights already; choose another run or iteration."))
            return Wanted(after, found, (run, found.iteration or 0))
        case WeightsBefore():  # pragma: no branch - there are no other companions
            if session.looking:
                return Wanted(document, session.before)
            if weights is not None:
                return Wanted(document, None)
            if weight_edits(document):
                rest = tuple(edit for edit in document.edits if edit not in weight_edits(document))
                return Wanted(replace(document, edits=rest), None)
            raise ExplorerError(tr("The graph shows the initial weights already; train, and these stand beside them."))


def _on_this_task(before: Document, after: Document) -> Document:
    """The document with another network, if that goes with its task."""
    why = mismatch(architecture_of(after), task_of(before))
    if why:
        raise ExplorerError(why)
    return carried(before, fitted(before, after))[0]


def _iteration(session: Session, record: RunRecord, iteration: int | None) -> int:
    """The iteration of a run at which it is looked at, if that is not said: that of the graph, else the newest."""
    if iteration is not None:
        return iteration
    travel = session.view.travel
    newest = record.kept[-1] if record.kept else record.iteration
    return newest if travel is None or session.view.follow else travel[1]
