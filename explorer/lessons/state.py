"""Work out what a page sets, and whether what it asks for has been done."""

from functools import lru_cache
from typing import Any

import msgspec
from msgspec import Struct

from explorer.errors import ExplorerError, check_known
from explorer.graph.unfold import Vertex
from explorer.language import tr
from explorer.lessons.events import cursor_of, thing_named
from explorer.lessons.page import Goal, Setup
from explorer.reading.bounds import declared
from explorer.session.document import Document, Shown, show
from explorer.session.fitted import fitted
from explorer.session.runs.runs import Stage
from explorer.session.session import Session
from explorer.session.viewing import View, alone
from explorer.training.settings import changed

PANELS = ("settings", "equations", "training", "motion", "speed", "pace", "learn")
"""What of a view is the learner's own, and no page's."""


def document_of(page: Setup) -> Document:
    """The document that a page, or a section of the book, sets."""
    return shown_of(page).document


def shown_of(page: Setup) -> Shown:
    """What there is to see on a page before anything is changed."""
    return _shown(msgspec.json.encode(page.document))


@lru_cache(maxsize=8)
def _shown(settings: bytes) -> Shown:
    typed = _typed(Document, msgspec.json.decode(settings))
    before = Document()
    return show(fitted(before, changed(before, **typed), typed))


def view_of(page: Setup, view: View) -> View:
    """How a page is looked at first, by a learner who has these panels open; curves only if it is on training."""
    kept = {name: getattr(alone(view), name) for name in PANELS}
    return changed(View(**kept, curves=False), **_typed(View, page.view), cursor=cursor_of(shown_of(page), page.at))


def done(goal: Goal, session: Session) -> bool:
    """Whether what a page asks for is so now."""
    shown, view = session.shown, session.view
    if goal.reached and not _reached(session, goal.reached):
        return False
    if goal.selected and view.selection != thing_named(goal.selected, shown.trace.T):
        return False
    if goal.edited and not _edited(shown, thing_named(goal.edited, shown.trace.T), goal.entries):
        return False
    for settings, wanted in ((shown.document, goal.document), (view, goal.view)):
        typed = _typed(type(settings), wanted)
        if any(_setting(settings, name) != value for name, value in typed.items()):
            return False
    if goal.trained and not _trained(session):
        return False
    return not goal.travelled or (session.looking and not view.follow)


def _reached(session: Session, event: str) -> bool:
    """Whether an event is done, which may not happen at all once something has been changed."""
    try:
        return session.cursor >= cursor_of(session.shown, event)
    except ExplorerError:
        return False


def _edited(shown: Shown, thing: Vertex | str, entries: int) -> bool:
    """Whether a node has been edited, or so many entries of a parameter."""
    edited = shown.edited
    return thing in edited.vertices if isinstance(thing, Vertex) else len(edited.entries.get(thing, ())) >= entries


def _trained(session: Session) -> bool:
    """Whether the runs of the last start have come to their end."""
    current = session.runs.current
    return bool(current) and all(record.stage in (Stage.FINISHED, Stage.DIVERGED) for record in current)


def _typed(kind: type[Struct], settings: dict[str, Any]) -> dict[str, Any]:
    """Settings as their declaration has them; ExplorerError for one that is unknown."""
    known = declared(kind)
    for name in settings:
        check_known(name, known, tr("setting"))
    return {name: msgspec.convert(value, known[name].type) for name, value in settings.items()}


def _setting(settings: Struct, name: str) -> object:
    """The value of a setting, here or in a record inside."""
    if name in settings.__struct_fields__:
        return getattr(settings, name)
    inside = (getattr(settings, field) for field in settings.__struct_fields__)
    return next(_setting(one, name) for one in inside if isinstance(one, Struct) and name in declared(type(one)))
