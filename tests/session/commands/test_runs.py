"""Commands show, call, colour and delete runs, those that differ in the seed only together."""

import pytest

from explorer.errors import ExplorerError
from explorer.session.commands import COMMANDS
from explorer.session.runs.run_book import RunBook
from explorer.session.session import Session
from tests.refusals import refusal_of
from tests.session.runs.test_runs import trained
from tests.settings import a_document, a_plan, a_problem


@pytest.fixture
def session() -> Session:
    """With two runs of one seed each, of which two more seeds were trained."""
    found = Session(a_document())
    book: RunBook = trained(a_plan(iterations=3, seeds=2), a_problem("output_to_hidden", length=3, hidden=2))
    found.runs.hold(book.records, book.current)
    return found


def do(session: Session, id: str, **arguments: object) -> None:
    COMMANDS[id].run(session, arguments)


def test_a_run_is_shown_hidden_called_and_coloured_with_its_other_seeds(session: Session) -> None:
    one, other, *rest = session.runs.records
    do(session, "show_run", run=one.id)
    assert [record.shown for record in session.runs.records] == [False, False, True, True]
    do(session, "show_run", run=other.id, on=True)
    assert one.shown and other.shown
    do(session, "rename_run", run=other.id, name="Mine")
    do(session, "colour_run", run=one.id, colour="#12ab9f")
    assert (one.given, other.given, one.colour, other.colour) == ("Mine", "Mine", "#12ab9f", "#12ab9f")
    assert other.name == f"Mine, seed {other.settings.seed}"
    do(session, "colour_run", run=one.id, colour=None)
    assert one.colour is None and rest[0].given is None


def test_deleted_runs_are_brought_back(session: Session) -> None:
    runs = list(session.runs.records)
    do(session, "delete_run", run=runs[2].id)
    assert session.runs.records == runs[:2]
    do(session, "bring_runs_back")
    assert session.runs.records == runs
    do(session, "clear_runs")
    assert session.runs.records == []
    with pytest.raises(ExplorerError, match="There are no runs in the list"):
        do(session, "clear_runs")
    do(session, "bring_runs_back")
    assert session.runs.records == runs
    with pytest.raises(ExplorerError, match="No runs have been deleted"):
        do(session, "bring_runs_back")


@pytest.mark.parametrize(
    ("id", "arguments", "said"),
    [
        ("delete_run", {"run": 9}, "There is no run 9; those that are kept are 0, 1, 2 and 3."),
        ("rename_run", {"run": 0, "name": ""}, "cannot take its argument name"),
        ("colour_run", {"run": 0, "colour": "red"}, "cannot take its argument colour"),
    ],
)
def test_what_cannot_be_is_said(session: Session, id: str, arguments: dict[str, object], said: str) -> None:
    assert said in refusal_of(do, session, id, **arguments)
