"""Read what commands are told to work on: a document of the window, or a case."""

from pathlib import Path

from explorer.export.format import Draw, Material, of_shown, of_trace
from explorer.files.case import read_case, trace_case
from explorer.session.files import SUFFIX, open_document
from explorer.session.session import Session


def is_document(path: Path) -> bool:
    """Whether a file is one of the window's, by its name."""
    return path.suffix.lower() == SUFFIX


def session_of(path: Path) -> Session:
    """The document in this file with its weights and its view, as the window opens it; ExplorerError names the file."""
    session = Session()
    session.open(open_document(path))
    return session


def material_of(path: Path, draw: Draw | None = None) -> Material:
    """What a file holds, computed."""
    if not is_document(path):
        return of_trace(trace_case(read_case(path)))
    session = session_of(path)
    return of_shown(session.shown, session.view, draw)
