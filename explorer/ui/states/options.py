"""The menu of the card on hidden states: what spans the plane, and what is drawn with the states."""

from collections.abc import Callable

from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from explorer.language import tr
from explorer.session.states.seen import Seen
from explorer.session.viewing import HiddenStates
from explorer.ui.look.text_size import scaled
from explorer.ui.parts.one_of import COMPACT

Ask = Callable[..., None]


class SeenOptions(QToolButton):
    """`ask` is called with the fields of the view to change."""

    def __init__(self, ask: Ask) -> None:
        super().__init__()
        self._ask = ask
        self._seen: Seen | None = None
        self.setText(tr("view …"))
        scaled(self.setStyleSheet, COMPACT)
        self.setToolTip(tr("What spans the plane, and what is drawn in it"))
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(self)
        menu.setToolTipsVisible(True)
        self.components = menu.addAction(tr("Principal components"))
        self.components.setCheckable(True)
        self.components.triggered.connect(lambda: self._ask(plane=None))
        self.across, self.up = _Axis(tr("Unit across"), menu), _Axis(tr("Unit up"), menu)
        for axis, place in ((self.across, 0), (self.up, 1)):
            menu.addMenu(axis)
            axis.group.triggered.connect(lambda action, place=place: self._choose(place, action.data()))
        menu.addSeparator()
        self.switches = {
            "arrows": _switch(menu, tr("Arrows: where one step with the input leads")),
            "fixed_points": _switch(menu, tr("Fixed points: where a step with the input stays")),
            "machine": _switch(menu, tr("The machine that can be read off")),
        }
        for field, action in self.switches.items():
            action.triggered.connect(lambda on, field=field: self._ask(**{field: on}))
        self.setMenu(menu)

    def show_view(self, view: HiddenStates) -> None:
        """Show what is drawn."""
        for field, action in self.switches.items():
            action.setChecked(getattr(view, field))

    def show_seen(self, seen: Seen, units: list[str]) -> None:
        """Offer the units of the state that is seen, and say which span the plane."""
        self._seen = seen
        chosen = seen.wanted.units
        self.components.setChecked(chosen is None)
        for place, axis in enumerate((self.across, self.up)):
            axis.offer(units, chosen[place] if chosen is not None else None)
            axis.setEnabled(len(units) > 1)
        for field in ("arrows", "fixed_points"):
            self.switches[field].setEnabled(not seen.why_still)

    def _choose(self, place: int, unit: int) -> None:
        """Put a unit along an axis; where it is along the other, they change places."""
        assert self._seen is not None
        before = self._seen.wanted.units or (0, 1)
        other = before[1 - place]
        if other == unit:
            other = before[place]
        self._ask(plane=(unit, other) if place == 0 else (other, unit))


class _Axis(QMenu):
    """The units that can be along an axis."""

    def __init__(self, title: str, parent: QWidget) -> None:
        super().__init__(title, parent)
        self.group = QActionGroup(self)
        self._names: list[str] = []

    def offer(self, names: list[str], chosen: int | None) -> None:
        if names != self._names:
            self.clear()
            self._names = names
            for unit, name in enumerate(names):
                action = self.addAction(name)
                action.setCheckable(True)
                action.setData(unit)
                self.group.addAction(action)
        for action in self.group.actions():
            action.setChecked(action.data() == chosen)


def _switch(menu: QMenu, text: str) -> QAction:
    action = menu.addAction(text)
    action.setCheckable(True)
    return action
