"""Work out what stands beside the graph of a session: `Beside`, which works out anew only what has changed."""

from msgspec import Struct
from msgspec.structs import replace

from explorer.errors import refuse
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
from explorer.training.problem import architecture_of
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
    """What stands beside the graph of a session; it is asked for after every step, and works out what has changed."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._asked: tuple[object, ...] = ()
        self._wanted: Wanted | None = None
        self._shown: Shown | None = None
        self._pair: Compared | None = None

    @property
    def weights(self) -> Weights | None:
        """Those on the right in the last `pair`; None: the initial ones."""
        return None if self._wanted is None else self._wanted.weights

    def pair(self, companion: Companion) -> Compared:
        """Both graphs; ExplorerError, in one sentence, where this cannot stand beside what is shown now."""
        session = self._session
        run = companion.run if isinstance(companion, OtherRun) else None
        kept = next((record.kept for record in session.runs.records if record.id == run), ())
        asked = session.state, session.view.travel, session.view.follow, companion, kept
        if self._wanted is None or asked != self._asked:
            found, self._asked = wanted(session, companion), ()
            if self._shown is None or not found.same(self._wanted):
                document = without_inherited(found.document, found.weights)
                theta = (found.weights.parameters, found.weights.moments) if found.weights else ()
                self._shown, self._wanted = show(document, *theta), found
            self._asked = asked
        if self._pair is None or self._pair.left is not session.shown or self._pair.right is not self._shown:
            assert self._shown is not None
            self._pair = Compared(session.shown, self._shown)
        return self._pair

    def forget(self) -> None:
        """Nothing stands beside any more."""
        self._asked, self._wanted, self._shown, self._pair = (), None, None, None


def why_nothing(session: Session) -> str:
    """Why nothing at all can stand beside what is shown, in one sentence; "" if something can."""
    if session.weights is None or session.weights.telling is None:
        return ""
    return tr("An update of a run is told in slow motion, with its own mini-batch: nothing can stand beside it.")


def why_not(session: Session, companion: Companion) -> str:
    """Why this cannot stand beside what is shown, in one sentence; "" if it can. It is asked for at every step."""
    document, architecture = session.document, session.shown.architecture
    match companion:
        case OtherTime():
            return "" if architecture.takes_feedback else why_no_feedback(architecture)
        case OtherNetwork(id):
            if id == document.network.architecture:
                return tr("That network is shown already; choose another one to stand beside it.")
            return _why_not_on_this_task(session, changed(document, architecture=id))
        case OtherRun(run):
            record = next((record for record in session.runs.records if record.id == run), None)
            if record is None or not record.kept:
                return tr("The run that stood beside is gone, or has no weights yet; choose another one.")
            if record.settings.task != document.task:
                return tr("{run} was trained on another task; choose a run of the task that is shown.", run=record.name)
            return _why_not_on_this_task(session, replace(document, network=record.settings.network))
        case WeightsBefore():  # pragma: no branch - there are no other companions
            if session.looking or session.weights is not None or weight_edits(document):
                return ""
            return tr("The graph shows the initial weights already; train, and these stand beside them.")


def wanted(session: Session, companion: Companion) -> Wanted:
    """What this companion is beside what is shown now; ExplorerError if it means nothing here."""
    refuse(why_nothing(session) or why_not(session, companion))
    document, weights = session.document, session.weights
    match companion:
        case OtherTime():
            return Wanted(_carried(document, replace(document, test_time=not document.test_time)), weights)
        case OtherNetwork(id):
            return Wanted(_carried(document, changed(document, architecture=id)), None)
        case OtherRun(run, iteration):
            record = session.runs.find(run)
            found = weights_along(session.runs, run, _iteration(session, record, iteration))
            after = _carried(document, replace(document, network=record.settings.network))
            return Wanted(after, found, (run, found.iteration or 0))
        case WeightsBefore():  # pragma: no branch - there are no other companions
            if session.looking or weights is not None:
                return Wanted(document, session.before if session.looking else None)
            rest = tuple(edit for edit in document.edits if edit not in weight_edits(document))
            return Wanted(replace(document, edits=rest), None)


def _why_not_on_this_task(session: Session, after: Document) -> str:
    return mismatch(architecture_of(after), session.shown.task) or ""


def _carried(before: Document, after: Document) -> Document:
    """The document with the edits that mean something in it, and what goes with another network."""
    return carried(before, fitted(before, after))[0]


def _iteration(session: Session, record: RunRecord, iteration: int | None) -> int:
    """The iteration at which a run is looked at; if it is not said, that of another run in the graph, or the newest."""
    travel = session.view.travel
    if iteration is None and travel is not None and travel[0] != record.id and not session.view.follow:
        return travel[1]
    return record.kept[-1] if iteration is None else iteration
