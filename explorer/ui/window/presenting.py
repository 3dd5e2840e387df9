"""Present: graph and equation alone on the whole screen, in large type, led by a remote control's few keys."""

from functools import partial
from typing import TYPE_CHECKING

from msgspec import Struct
from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QWidget

from explorer.language import tr
from explorer.lessons.page import Page
from explorer.session.commands import Command
from explorer.session.session import Session
from explorer.session.viewing import View
from explorer.ui.parts.pointer_light import BlackScreen, PointerLight, PointerWatch
from explorer.ui.parts.widgets import UNBOUNDED
from explorer.ui.window.acting import switch

if TYPE_CHECKING:
    from explorer.ui.window.main_window import MainWindow

SEEN = 1024, 576
"""Size, in px of the usual size of text, of what is shown of a screen: type is so large that this fills it."""
PANELS = "settings", "equations", "training", "curves"
"""What of the view is about panels, and is again as it was when the presentation ends."""
CURVES = {"run", "curves", "card"}
"""Controls for which a page of a lesson needs the training panel."""
HEADER = {"fold", "train or test time"}
"""And those for which it needs what is above the graph."""
NOT_NOW = tr("This is for a presentation; begin one with F5.")
Keys = Qt.Key
ONWARD, BACKWARD = (Keys.Key_PageDown,), (Keys.Key_PageUp,)
BLACK, END = (Keys.Key_Period, Keys.Key_B), (Keys.Key_Escape, Keys.Key_F5)


class _Before(Struct, frozen=True):
    """What a presentation changes: panels of the view, the window's state, what the borders in it leave to panels."""

    panels: dict[str, object]
    alone: tuple[bool, bool | None] | None
    state: Qt.WindowState
    sizes: tuple[int, int]


class Presenting(QObject):
    """`on` while there is a presentation. Esc ends it, and the window is as it was."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self._before: _Before | None = None
        self._page: Page | None = None
        self._hidden = False
        self.light, self.black = PointerLight(window), BlackScreen(window)
        self.watch = PointerWatch(window)
        self.watch.moved.connect(self._pointer_moved)
        self.watch.rested.connect(self._hide_pointer)
        window.training.trainer.changed.connect(self._show_training)

    @property
    def on(self) -> bool:
        """Whether there is a presentation."""
        return self._before is not None

    def turn(self, on: bool) -> None:
        """Begin, or end."""
        if on != self.on:
            (self._begin if on else self._end)()

    def shine(self, on: bool) -> None:
        """Dim all but what is around the pointer."""
        self._show_pointer()
        self.light.turn(on)
        self.watch.watch(on or self.on)

    def blacken(self, on: bool) -> None:
        """Show nothing, so that all look at who speaks."""
        self.black.turn(on)

    # The keys of a remote control.

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent):
            return False
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier != Qt.KeyboardModifier.NoModifier:
            return False
        if event.type() == QEvent.Type.KeyPress:
            return self._press(event.key())
        if event.type() == QEvent.Type.ShortcutOverride and event.key() in (*ONWARD, *BACKWARD, *BLACK, *END):
            event.accept()  # while one presents, it is not for what it is for elsewhere
            return True
        return False

    def _press(self, key: int) -> bool:
        """Do what a key of a remote control is for; tell whether it is one."""
        if key in BLACK or self.black.isVisible():
            self.blacken(not self.black.isVisible())
        elif key in END:
            self._window.perform("present", on=False)
        elif key in ONWARD:
            self.onward()
        elif key in BACKWARD:
            self.backward()
        else:
            return False
        return True

    def onward(self) -> None:
        """What a lesson's page asks for, then its next page; run a story that was asked; else the next step."""
        window = self._window
        if window.teaching.advance():
            return
        window.perform("train" if window.stories.waits else "next")

    def backward(self) -> None:
        """The page of a lesson before this one; without a lesson, the step before."""
        if self._window.teaching.page is not None:
            self._window.perform("previous_page")
        else:
            self._window.perform("back")

    # How.

    def show_page(self) -> None:
        """Show the training panel, and what is above the graph, with the pages about them, and with no others."""
        page = self._window.teaching.page
        if not self.on or page is self._page:
            return
        self._page = page
        self._window.header.setVisible(page is not None and bool(HEADER & {*page.highlight}))
        if page is not None:
            needed = bool(CURVES & {*page.highlight})
            self._window.look(training=needed, curves=needed, settings=False, equations=True)

    def _show_training(self) -> None:
        """Show the curves once something trains: that must not go on unseen."""
        if self.on and self._window.training.trainer.running:
            self._window.look(training=True, curves=True)

    def _begin(self) -> None:
        window, view = self._window, self._window.session.view
        top, sides = window.window(), window.dividing
        panels: dict[str, object] = {name: getattr(view, name) for name in PANELS}
        self._before = _Before(panels, view.alone, top.windowState(), sides.sizes)
        self._around(False)
        window.look(settings=False, equations=True, training=window.stories.waits)
        window.notice.step_aside()
        screen = top.screen().size()
        top.setWindowState(top.windowState() | Qt.WindowState.WindowFullScreen)
        window.appearance.enlarge(min(screen.width() / SEEN[0], screen.height() / SEEN[1]))
        sides.present(True)
        window.canvas.setFocus()
        window.installEventFilter(self)
        self.watch.watch(True)
        self.show_page()
        self._show_training()

    def _end(self) -> None:
        window, before = self._window, self._before
        assert before is not None
        window.removeEventFilter(self)
        self._before = self._page = None
        self.shine(False)
        self.blacken(False)
        window.appearance.enlarge(0.0)
        window.window().setWindowState(before.state)
        self._around(True)
        window.look(**_panels(before, window.session.view))
        window.dividing.present(False)
        window.dividing.restore(before.sizes)

    def _around(self, on: bool) -> None:
        """Show what is around the graph, or hide it; a menu bar that is hidden would take the keys along."""
        window = self._window
        window.menuBar().setMaximumHeight(UNBOUNDED if on else 0)
        for part in (window.statusBar(), window.header, window.transport):
            part.setVisible(on)

    def _pointer_moved(self, place: QPoint) -> None:
        self._show_pointer()
        if self.light.isVisible():
            self.light.follow(place)

    def _hide_pointer(self) -> None:
        if self.on and not self._hidden:
            self._hidden = True
            QGuiApplication.setOverrideCursor(Qt.CursorShape.BlankCursor)

    def _show_pointer(self) -> None:
        if self._hidden:
            self._hidden = False
            QGuiApplication.restoreOverrideCursor()


def _panels(before: _Before, view: View) -> dict[str, object]:
    """The panels as they were before; what has come to stand beside the graph keeps its room, or has left it."""
    equations, curves = before.panels["equations"], before.panels["curves"]
    if view.companion is not None and before.alone is None:
        return {**before.panels, "equations": False, "curves": False, "alone": (equations, curves)}
    if view.companion is None and before.alone is not None:
        equations, curves = before.alone
    return {**before.panels, "equations": equations, "curves": curves}


def presenting_commands(presenting: Presenting) -> tuple[Command, ...]:
    """Present, and lead the eyes of those who look on."""

    def not_now(session: Session) -> str:
        return "" if presenting.on else NOT_NOW

    lit, black = partial(_is_seen, presenting.light), partial(_is_seen, presenting.black)
    return (
        Command("present", tr("&Present"), switch(presenting.turn), ("F5", "F11"), on=lambda session: presenting.on),
        Command("pointer_light", tr("&Light around the pointer"), switch(presenting.shine), ("Ctrl+L",), on=lit),
        Command("black_screen", tr("&Black screen"), switch(presenting.blacken), (), not_now, on=black),
    )


def _is_seen(part: QWidget, session: Session) -> bool:
    return part.isVisible()
