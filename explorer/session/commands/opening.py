"""Commands that show another document: a new one, or one that came as a line of text."""

from explorer.language import tr
from explorer.session.commands.command import Command
from explorer.session.document import FIRST, Document
from explorer.session.files import Opened
from explorer.session.session import Session
from explorer.session.share import shared
from explorer.session.viewing import afresh


def _new(session: Session) -> None:
    _begin(session, FIRST)


def _open_shared(session: Session, *, line: str) -> None:
    _begin(session, shared(line))


def _begin(session: Session, document: Document) -> None:
    session.open(Opened(document, view=afresh(session.view)))


OPENING = (
    Command("new", tr("&New"), _new, ("Ctrl+N",)),
    Command("open_shared", tr("Open a shared line"), _open_shared),
)
