"""Read what commands are told to work on: a document of the window, or a case."""

import sys
from contextlib import suppress
from pathlib import Path

from msgspec.structs import replace

from explorer.cli.words import is_line
from explorer.errors import ExplorerError, suggest
from explorer.export.format import Draw, Material, of_shown, of_trace
from explorer.files.case import faults_in, read_case, trace_case
from explorer.language import tr
from explorer.session.cases import open_case
from explorer.session.companion.resolving import Beside
from explorer.session.companion.words import heads
from explorer.session.document import Shown
from explorer.session.files import SUFFIX, Opened, faults_of, open_document
from explorer.session.kinds import ENDINGS, FileKind
from explorer.session.session import Session
from explorer.session.share import shared
from explorer.session.viewing import View


def is_document(path: Path) -> bool:
    """Whether a file is one of the window's, by its name."""
    return path.suffix.lower() == SUFFIX


def opened(word: str) -> Opened:
    """What there is to see in a document, a case or a shared line; ExplorerError for what cannot be shown."""
    path = Path(word)
    if is_line(word):
        content, faults = Opened(shared(word)), faults_of(tr("The shared line"))
    elif is_document(path):
        content, faults = open_document(path), faults_of(path)
    else:
        content, faults = open_case(checked_case(path))[0], faults_in(path)
    with faults:
        Session().open(content)
    return content


def checked_case(path: Path) -> Path:
    """The path, unless its ending says that it is no case: then ExplorerError, before it is read as one."""
    kind = ENDINGS.get(path.suffix.lower(), FileKind.CASE)
    if kind is not FileKind.CASE:
        raise ExplorerError(
            f"{path.name} holds {kind}, and here it takes a document (.rnnx) or a case (.json); open it in the window, "
            "and save that as one."
        )
    return path


def session_of(path: Path) -> Session:
    """The document in this file with its weights and its view, as the window opens it; ExplorerError names the file."""
    session, content = Session(), open_document(path)
    with faults_of(path):
        session.open(content)
    return session


GRAPHS = ("first", "second")
"""What the graphs of a document are called where two stand side by side."""


def material_of(path: Path, draw: Draw | None = None, graph: str | None = None) -> Material:
    """What a file holds, computed. With `draw`, a case is looked at as in the window, after all its events.

    `graph` as in `graph_of`.
    """
    if is_document(path):
        session = session_of(path)
        shown, view = graph_of(session, graph, path)
        return of_shown(shown, view, draw, [run for run in session.runs.begun if run.shown])
    check_one_graph(graph, path)
    if draw is None:
        case = read_case(checked_case(path))
        with faults_in(path):
            return of_trace(trace_case(case))
    session, (content, _) = Session(), open_case(checked_case(path))
    with faults_in(path):
        session.open(content)
    return of_shown(session.shown, View(len(session.shown.events)), draw)


def graph_of(session: Session, graph: str | None, path: Path) -> tuple[Shown, View]:
    """The graph that is asked for, with how it is looked at: what is worked on, or what stands beside it.

    `graph` is one of GRAPHS; where it is left out, and there are two, standard error says which it is.
    """
    if graph is not None and graph not in GRAPHS:
        raise suggest(graph, GRAPHS, "graph")
    companion, view, beside = session.view.companion, session.view, Beside(session)
    pair = None
    if companion is not None:
        with suppress(ExplorerError):  # it may have lost its meaning, as in the window, which says so in its place
            pair = beside.pair(companion)
    if companion is None or pair is None:
        check_one_graph(graph, path)
        return session.shown, view
    if graph is None:
        names = [said[0] for said in heads(pair, companion, session.weights, beside.weights, session.document)]
        print(f"Of two graphs this is the first, “{names[0]}”; --graph second is “{names[1]}”.", file=sys.stderr)
    if graph == GRAPHS[1]:
        return pair.right, replace(view, cursor=pair.cursors[view.cursor])
    return session.shown, view


def check_one_graph(graph: str | None, path: Path) -> None:
    """Refuse to choose where there is one."""
    if graph is not None:
        raise ExplorerError(f"{path.name} holds one graph; leave --graph out.")
