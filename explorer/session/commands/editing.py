"""Commands that change the document: its settings, edits by hand and weights, and the way back."""

from functools import partial
from pathlib import Path

from explorer.architectures import architectures
from explorer.graph.architecture import Architecture
from explorer.graph.feedback import why_no_feedback
from explorer.language import tr
from explorer.session.commands.command import Command, unless
from explorer.session.document import Document
from explorer.session.edits import Edit
from explorer.session.session import Session
from explorer.session.weights import why_no_loss


def _edit(session: Session, *, edits: tuple[Edit, ...]) -> None:
    session.edit_all(edits)


def _test_time(session: Session, *, on: bool) -> str:
    return session.change(test_time=on)


def _load_weights(
    session: Session, *, file: str, network: str | None = None, places: dict[str, str] | None = None
) -> str:
    """`places` says where an array goes, as in {"W": "W transposed"}, where the file does not tell."""
    from explorer.session.loading import load

    loading = load(Path(file), session.document)
    if network is not None:
        loading = loading.of_network(network)
    loading = loading.decided(places or {})
    return session.take_weights(loading.parameters, loading.origin, loading.opened)


_NO_UNDO = unless(lambda s: s.can_undo, tr("Nothing has been changed yet, so there is nothing to undo."))
_NO_REDO = unless(lambda s: s.can_redo, tr("Nothing has been undone, so there is nothing to do again."))
_NO_EDITS = unless(
    lambda s: s.document.edits or s.document.fed_target,
    tr("Nothing has been edited by hand, so there is nothing to take back."),
)
_INITIAL_ALREADY = unless(lambda s: s.weights is not None, tr("The graph shows the initial weights already."))


def _no_update(session: Session) -> str:
    return why_no_loss(session.shown)


def _no_feedback(session: Session) -> str:
    architecture = session.shown.architecture
    return "" if architecture.takes_feedback else why_no_feedback(architecture)


def networks() -> tuple[Command, ...]:
    """A command for each network that there is; those of the first nine have a digit as their key."""
    return tuple(_network_command(place, found) for place, found in enumerate(architectures().values(), 1))


def _network_command(place: int, architecture: Architecture) -> Command:
    keys = (str(place),) if place <= 9 else ()
    title = architecture.title_and_figure
    show = partial(_show_network, architecture.id)
    return Command(f"network_{architecture.id}", f"&{place}  {title}" if keys else title, show, keys)


def _show_network(id: str, session: Session) -> str:
    return session.change(architecture=id)


EDITING = (
    Command("undo", tr("&Undo"), Session.undo, ("Ctrl+Z",), _NO_UNDO),
    Command("redo", tr("&Redo"), Session.redo, ("Ctrl+Shift+Z", "Ctrl+Y"), _NO_REDO),
    Command("take_edits_back", tr("&Take edits back"), Session.reset_edits, (), _NO_EDITS),
    Command("initial_weights", tr("Back to the &initial weights"), lambda s: s.use_weights(None), (), _INITIAL_ALREADY),
    Command("load_weights", tr("Weights from a file"), _load_weights),
    Command("take_update", tr("Take the &update and go on"), Session.take_update, ("U",), _no_update),
    Command("change", tr("Change settings"), Session.change, takes=Document),
    Command("edit", tr("Edit by hand"), _edit),
    Command("type_sequence", tr("Type a sequence"), Session.type_sequence),
    Command("feed", tr("Choose what a step is fed"), Session.feed, (), _no_feedback),
    Command(
        "test_time", tr("Test time"), _test_time, (), _no_feedback, on=lambda s: s.document.test_time
    ),
)  # fmt: skip
