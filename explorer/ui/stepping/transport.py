"""Steer the stepper: to start, back, play, forward, to end; by which grain, how fast; and scrub. A pure view."""

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QComboBox, QSizePolicy, QWidget

from explorer.language import tr
from explorer.session.document import Shown
from explorer.session.stepping import Grain
from explorer.session.viewing import SPEEDS, View
from explorer.ui.look.icons import IconButton
from explorer.ui.look.text_size import px, usual
from explorer.ui.look.theme import RoleName
from explorer.ui.look.widths import LEAST_GRAPH, STACKED
from explorer.ui.parts.fields import Choice
from explorer.ui.parts.fitting_label import FittingLabel
from explorer.ui.parts.widgets import in_row, styled
from explorer.ui.stepping.scrub_bar import PhaseSegment, ScrubBar

GRAINS: tuple[str, ...] = tuple(Grain)
TITLES = (tr("node"), tr("time step"), tr("phase"))
WORDS: dict[str, tuple[str, str]] = {
    Grain.NODE: (tr("Back by one node"), tr("Forward by one node")),
    Grain.STEP: (tr("Back by one time step"), tr("Forward by one time step")),
    Grain.PHASE: (tr("Back by one phase"), tr("Forward by one phase")),
}
"""How far one step goes, from fine to coarse."""
KEYS: dict[str, tuple[str, str]] = {Grain.STEP: ("Up", "Down"), Grain.PHASE: ("PgUp", "PgDown")}
"""The keys that do what the double arrows do."""
_TIGHT, _TIGHTEST = 440, 370  # px; below them the double arrows, and then the speed, are left out


class TransportBar(QWidget):
    """Buttons, grain, speed and scrub bar. It shows what it is told and only asks for changes, by signals."""

    position_requested = Signal(int)
    step_requested = Signal(int, str)  # direction −1 or 1, one of GRAINS
    play_toggled = Signal(bool)
    grain_changed = Signal(str)
    speed_changed = Signal(float)

    def __init__(self) -> None:
        super().__init__()
        self._playing = self._low = False
        self.start = IconButton("start", tr("Go to the start"), "Home")
        self.fast_back = IconButton("fast_back", "")
        self.back = IconButton("back", "", "Shift+Space")
        self.play = IconButton("play", tr("Play"), "P", role="forward")
        self.forward = IconButton("forward", "", "Space")
        self.fast_forward = IconButton("fast_forward", "")
        self.end = IconButton("end", tr("Go to the end"), "End")
        self.grain = _choice(tr("step by"), tr("How far one step goes"), TITLES)
        self.speed = _choice(tr("speed"), tr("How fast play goes"), [f"{speed:g}×" for speed in SPEEDS])
        self.speed.setCurrentIndex(SPEEDS.index(1.0))
        self.scrub = ScrubBar()
        self.position = styled(FittingLabel(), "muted")
        self.position.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        self.position.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._lay_out()
        self._connect()
        self._say_grain()
        self.set_phases(())

    def set_phases(self, phases: Sequence[tuple[str, int, int, RoleName]]) -> None:
        """Show the phases (name, first event, event after the last, role), which follow one another from event 0."""
        self.scrub.set_segments([PhaseSegment(*phase) for phase in phases])
        self._keep_room()
        self._say_position()

    def set_position(self, position: int) -> None:
        """Show that so many events are done."""
        self.scrub.set_position(position)
        self._say_position()

    def show_view(self, shown: Shown, view: View) -> None:
        """Show where the cursor is, by which grain a step goes, and the nearest speed that can be chosen."""
        self.set_position(view.cursor)
        nearest = min(range(len(SPEEDS)), key=lambda place: abs(SPEEDS[place] - view.speed))
        for box, place in ((self.grain, GRAINS.index(view.grain)), (self.speed, nearest)):
            with QSignalBlocker(box):
                box.setCurrentIndex(place)
        self._say_grain()

    def set_playing(self, playing: bool) -> None:
        """Show whether play is on."""
        self._playing = playing
        self.play.set_icon("pause" if playing else "play")
        self.play.set_label(tr("Pause") if playing else tr("Play"))

    def minimumSizeHint(self) -> QSize:
        # Always as narrow as it can become: or else it never could.
        return QSize(px(LEAST_GRAPH), self._rows.minimumSize().height())

    def set_low(self, on: bool) -> None:
        """Take one row if at all possible, without the choices that keys and menus offer as well."""
        if on != self._low:
            self._low = on
            self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._arrange()
        super().resizeEvent(event)

    def _arrange(self) -> None:
        width = usual(self.width())
        narrow, one_row = width < STACKED, self._low and _TIGHT <= width < STACKED
        way = QBoxLayout.Direction.BottomToTop if narrow and not one_row else QBoxLayout.Direction.LeftToRight
        if self._rows.direction() != way:
            self._rows.setDirection(way)
            self.updateGeometry()
        for button in (self.fast_back, self.fast_forward):
            button.setVisible(width >= _TIGHT and not one_row)
        self.grain.setVisible(not one_row)
        self.speed.setVisible(width >= _TIGHTEST and not one_row)
        self._keep_room()

    def _keep_room(self) -> None:
        """Give the position as much room at every event, for as many words as there is room for."""
        stacked, last = self._rows.direction() != QBoxLayout.Direction.LeftToRight, self.scrub.maximum()
        self._controls.invalidate()  # what has come or gone of them says so to the rows only
        taken = self.scrub.minimumSizeHint().width() + (0 if stacked else self._controls.sizeHint().width())
        # Not the rows' own rectangle: it is empty from a change in them until they are laid out anew.
        room = self.rect().marginsRemoved(self._rows.contentsMargins()).width() - taken - 2 * self._rows.spacing()
        texts, metrics = (
            (tr("event {last} of {last}", last=last), tr("{last} of {last}", last=last)),
            self.position.fontMetrics(),
        )
        widths = [metrics.horizontalAdvance(text) + 4 for text in texts]
        self.position.setFixedWidth(next((width for width in widths if width <= room), widths[-1]))

    def _lay_out(self) -> None:
        buttons = (self.start, self.fast_back, self.back, self.play, self.forward, self.fast_forward, self.end)
        self._controls = in_row(3, *buttons, self.grain, self.speed, 1)
        self._controls.insertSpacing(len(buttons), 8)
        scrub = in_row(None, (self.scrub, 1), self.position)
        self._rows = in_row(6, self._controls, (scrub, 1), on=self, margins=(14, 2, 14, 4))
        self._rows.setSizeConstraint(QBoxLayout.SizeConstraint.SetNoConstraint)

    def _connect(self) -> None:
        self.start.clicked.connect(lambda: self.position_requested.emit(0))
        self.end.clicked.connect(lambda: self.position_requested.emit(self.scrub.maximum()))
        for button, direction, coarse in (
            (self.fast_back, -1, True),
            (self.back, -1, False),
            (self.forward, 1, False),
            (self.fast_forward, 1, True),
        ):
            button.clicked.connect(
                lambda _=False, way=direction, far=coarse: self.step_requested.emit(way, self._grain(far))
            )
        self.play.clicked.connect(lambda: self.play_toggled.emit(not self._playing))
        self.grain.currentIndexChanged.connect(self._choose_grain)
        self.speed.currentIndexChanged.connect(lambda index: self.speed_changed.emit(SPEEDS[index]))
        self.scrub.valueChanged.connect(self._scrubbed)

    def _grain(self, coarse: bool) -> str:
        """The grain chosen, or the next coarser one, which the double arrows step by."""
        return GRAINS[min(self.grain.currentIndex() + coarse, len(GRAINS) - 1)]

    def _choose_grain(self, index: int) -> None:
        self._say_grain()
        self.grain_changed.emit(GRAINS[index])

    def _scrubbed(self, position: int) -> None:
        self._say_position()
        self.position_requested.emit(position)

    def _say_grain(self) -> None:
        for place, (single, double) in enumerate(((self.back, self.fast_back), (self.forward, self.fast_forward))):
            single.set_label(WORDS[self._grain(False)][place])
            double.set_label(WORDS[self._grain(True)][place], KEYS[self._grain(True)][place])

    def _say_position(self) -> None:
        now, last = self.scrub.value(), self.scrub.maximum()
        self.position.say(
            tr("event {now} of {last}", now=now, last=last) if now else tr("start of {last}", last=last),
            tr("{now} of {last}", now=now, last=last),
        )
        for button in (self.start, self.fast_back, self.back):
            button.set_idle(now == 0)
        for button in (self.forward, self.fast_forward, self.end):
            button.set_idle(now == last)


def _choice(name: str, tip: str, choices: Sequence[str]) -> QComboBox:
    box = styled(Choice(whole=True), "flat")
    box.addItems(choices)
    box.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    box.setAccessibleName(name)
    box.setToolTip(tip)
    return box
