"""Another graph is put beside the one that is shown, and taken away again."""

import numpy as np
import pytest

from explorer.errors import ExplorerError
from explorer.session.commands import COMMANDS
from explorer.session.companion.resolving import Beside
from explorer.session.session import Session
from explorer.session.viewing import OtherNetwork, OtherRun, OtherTime, WeightsBefore
from tests.session.test_following import begun, to
from tests.settings import a_document


def run(session: Session, id: str, **arguments: object) -> None:
    COMMANDS[id].run(session, arguments)


def test_it_takes_the_room_of_equations_and_curves_and_gives_it_back() -> None:
    session = Session(a_document())
    run(session, "look", curves=True)
    run(session, "beside_time")
    assert (session.view.companion, session.view.equations, session.view.curves) == (OtherTime(), False, False)
    run(session, "beside_network", network="hidden_to_hidden")
    assert session.view.companion == OtherNetwork("hidden_to_hidden")
    run(session, "alone")
    assert (session.view.companion, session.view.equations, session.view.curves) == (None, True, True)
    run(session, "beside_time")
    run(session, "new")
    assert (session.view.companion, session.view.equations, session.view.curves) == (None, True, True)


def test_what_was_called_back_meanwhile_stays() -> None:
    session = Session(a_document())
    run(session, "equations", on=False)
    run(session, "beside_time")
    run(session, "equations")
    run(session, "beside_time")
    assert (session.view.companion, session.view.equations, session.view.alone) == (None, True, None)


def test_escape_lets_go_what_is_selected_before_it_closes_the_graph_beside() -> None:
    session = Session(a_document())
    run(session, "beside_time")
    run(session, "select", thing="W")
    run(session, "back_to_event")
    assert session.view.companion == OtherTime()
    run(session, "back_to_event")
    assert session.view.companion is None


def test_what_means_nothing_is_refused_and_changes_nothing() -> None:
    session = Session(a_document("hidden_to_hidden", feedback=None))
    before = session.view
    for id, arguments in (
        ("beside_time", {}),
        ("beside_run", {"run": 0}),
        ("beside_next", {}),
        ("beside_before", {}),
        ("beside_network", {"network": "sequence_to_one"}),
        ("alone", {}),
    ):
        with pytest.raises(ExplorerError):
            run(session, id, **arguments)
    assert session.view is before


def test_runs_of_the_task_stand_beside_one_after_the_other() -> None:
    session = begun()
    to(session, 12)
    run(session, "beside_next")
    assert session.view.companion == OtherRun(1)
    run(session, "beside_next")
    assert session.view.companion == OtherRun(1)
    run(session, "beside_before")
    assert session.view.companion == WeightsBefore()
    run(session, "follow", on=False)
    run(session, "beside_next")
    assert session.view.companion == OtherRun(0)


def test_weights_along_a_run_stay_beside_while_the_graph_goes_on() -> None:
    session = begun()
    to(session, 12)
    run(session, "travel", run=0, iteration=4)
    run(session, "beside_these")
    run(session, "travel", run=0, iteration=12)
    assert session.view.companion == OtherRun(0, 4)
    pair = Beside(session).pair(OtherRun(0, 4))
    kept = session.runs.find(0).weights(4)
    assert kept is not None and np.array_equal(pair.right.trace.parameters["W"], kept[1]["W"])
    assert not np.array_equal(pair.left.trace.parameters["W"], kept[1]["W"])
