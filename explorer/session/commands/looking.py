"""Commands that change how the document is looked at: the graph, the panels, what is picked out. Undo ignores them."""

from collections.abc import Callable
from functools import partial

from explorer.language import tr
from explorer.session.commands.command import Command, WhyNot, always, unless
from explorer.session.commands.comparing import take_away
from explorer.session.session import Session
from explorer.session.view.cards import CARDS
from explorer.session.view.view_state import has_cells, shows_both
from explorer.session.viewing import Card, Selection, View


def _turn(field: str, session: Session, *, on: bool) -> None:
    session.look(**{field: on})


def _switch(
    field: str, title: str, *keys: str, why_not: WhyNot = always, on: Callable[[Session], bool] | None = None
) -> Command:
    """The command that turns a field of the view on and off; `on`: whether it is, where the field leaves that open."""
    is_on = on or (lambda session: bool(getattr(session.view, field)))
    return Command(field, title, partial(_turn, field), keys, why_not, on=is_on)


def _no_cells(session: Session) -> str:
    if has_cells(session.shown, session.view):
        return ""
    return tr("'{architecture}' has no cells that could be opened.", architecture=session.shown.architecture.title)


def _fold(session: Session, *, on: bool) -> None:
    session.look(fold=float(on))


_NO_ROOM = unless(
    lambda s: s.view.companion is None, tr("Another graph stands beside this one already; close it first, with Esc.")
)


def moves(session: Session) -> bool:
    """Whether folding and stepping are animated: as was chosen, else as the system has it."""
    return session.system_moves if session.view.motion is None else session.view.motion


def _settings(session: Session, *, on: bool) -> None:
    """Show the settings, also in place of lessons."""
    session.look(settings=on, learn=False)


def _select(session: Session, *, thing: Selection) -> None:
    session.look(selection=thing)


def _back_to_event(session: Session) -> None:
    """First what is selected is let go, then what stands beside the graph."""
    if session.view.selection is None and session.view.companion is not None:
        take_away(session)
    session.look(selection=None)


def _follow_gradient(session: Session, *, k: int, t: int, state: str | None = None) -> None:
    session.look(path=(k, t, state or session.shown.network.state))


def _show_card(card: Card, session: Session) -> None:
    """Bring the card into sight; the next time, what was there before any of these cards."""
    view = session.view
    if not view.training or view.curves is False or view.card != card:
        before = (view.card, view.training, view.curves)
        if view.before is not None and not CARDS[view.card].of_runs:
            before = view.before
        session.look(training=True, curves=True, card=card, before=before)
    elif view.before is not None:
        was, training, curves = view.before
        session.look(training=training, curves=curves, card=was, before=None)


def _card(card: Card, title: str, *keys: str) -> Command:
    """The command that brings a card into sight."""
    return Command(card, title, partial(_show_card, card), keys)


LOOKING = (
    Command("fold", tr("&Fold / unfold"), _fold, ("F",), on=lambda s: s.view.fold > 0.5),
    _switch(
        "beside",
        tr("Folded graph &beside the unfolded"),
        "B",
        why_not=_NO_ROOM,
        on=lambda s: shows_both(s.shown, s.view),
    ),
    _switch("show_a", tr("Show &pre-activations a"), "A"),
    _switch("open_cells", tr("Open the &cells"), "O", why_not=_no_cells),
    _switch("motion", tr("&Motion"), on=moves),
    _switch("slow_motion", tr("&Slow motion (dim all but what is computed)"), "D"),
    Command(
        "settings",
        tr("S&ettings beside the graph"),
        _settings,
        ("Ctrl+B",),
        on=lambda s: s.view.settings and not s.view.learn,
    ),
    _switch("learn", tr("&Lessons"), "L"),
    _switch("equations", tr("Equatio&ns beside the graph"), "Ctrl+I"),
    _switch("training", tr("T&raining below the graph"), "Ctrl+J"),
    _switch("quiz", tr("P&redict, then reveal"), "Q"),
    _card("states", tr("States of the hidden &units"), "S"),
    _card("units", tr("What units trac&k"), "Shift+U"),
    _card("reach", tr("&How far gradients reach"), "G"),
    _card("composition", tr("Repea&ted composition"), "Shift+G"),
    _card("jacobians", tr("Products of &Jacobians"), "J"),
    _card("cliff", tr("Loss over t&wo weights"), "W"),
    Command("look", tr("Change the view"), Session.look, takes=View),
    Command("select", tr("Select"), _select),
    Command("back_to_event", tr("Back to the e&vent"), _back_to_event, ("Esc",), local=True),
    Command("follow_gradient", tr("Follow a gradient"), _follow_gradient),
)
