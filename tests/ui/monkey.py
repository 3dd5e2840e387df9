"""Use the window as a monkey would: seeded random actions on whatever it offers. `Monkey(window, seed, folder).act(i)`.

What is pressed is found, not listed, so that a new control takes part by itself. Each action draws from a generator
of its own, made from the seed and the action's number: how fast the machine trains changes little of what follows.
"""

import re
from collections import deque
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

import numpy as np
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSlider,
    QApplication,
    QComboBox,
    QLineEdit,
    QSpinBox,
    QWidget,
)
from shiboken6 import isValid

from explorer.session.commands import Command
from explorer.ui.window.main_window import MainWindow
from tests.ui.monkey_watch import Watch

T = TypeVar("T")
LEFT = Qt.MouseButton.LeftButton
NUMBERS = ("1", "2", "3", "4", "5", "6", "8", "10", "12", "20", "0", "-1", "1e9", "999999", "", "x")
LARGE_NUMBERS = (*NUMBERS, "50", "128", "200", "1000")
TEXTS = (
    "hello",
    "a",
    "",
    "ab",
    "aaaa",
    "\u00e9\u4e2d\U0001f600",
    "tick tock ",
    "0.5",
    "off",
    "-3",
    "1e400",
    "nan",
    "x" * 300,
)
KEYS = (
    *(Qt.Key.Key_Space, Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home),
    *(Qt.Key.Key_End, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown, Qt.Key.Key_P, Qt.Key.Key_F, Qt.Key.Key_A, Qt.Key.Key_D),
    *(Qt.Key.Key_0, Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_3, Qt.Key.Key_4, Qt.Key.Key_Plus, Qt.Key.Key_Minus),
    *(Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Delete, Qt.Key.Key_Z),
    *(Qt.Key.Key_Period, Qt.Key.Key_Comma, Qt.Key.Key_F1, Qt.Key.Key_Menu, Qt.Key.Key_Backspace),
    *(Qt.Key.Key_Q, Qt.Key.Key_N, Qt.Key.Key_G, Qt.Key.Key_C, Qt.Key.Key_V, Qt.Key.Key_X, Qt.Key.Key_Y, Qt.Key.Key_R),
    *(Qt.Key.Key_T, Qt.Key.Key_J, Qt.Key.Key_B, Qt.Key.Key_I, Qt.Key.Key_S, Qt.Key.Key_O, Qt.Key.Key_E),
)
MODIFIERS = (
    *(Qt.KeyboardModifier.NoModifier,) * 5,
    Qt.KeyboardModifier.ShiftModifier,
    *(Qt.KeyboardModifier.ControlModifier,) * 2,
    Qt.KeyboardModifier.AltModifier,
)
BLOCKS = ("1\t2\n3\t4", "0.5", "-1,5", "1e308 1e308\n1e308 1e308", "nan", "", "a\tb", "1\n2\n3\n4\n5\n6\n7\n8\n9")
"""What the clipboard may hold."""
PROTECTED = ("quit",)
"""Commands that end the play."""
FATAL = ("ended unexpectedly", "a fault of its own", "should not have happened")
"""Words of sentences with which the window says that something in it went wrong, not something that was asked for."""
POPUP_PATIENCE = 12
"""Actions after which an open popup is closed by Escape at the latest."""


class Monkey:
    """Acts on a window, with files in `folder`. `log` holds the last actions in words, `faults` what went wrong."""

    def __init__(self, window: MainWindow, seed: int, folder: Path, numbers: tuple[str, ...] = NUMBERS) -> None:
        self.window, self.seed, self.numbers = window, seed, numbers
        self.log: deque[str] = deque(maxlen=40)
        self.faults: list[str] = []
        self.offered: set[str] = set()
        """Every control that was there to be used, and every entry of the menus; without the numbers in their names."""
        self.used: set[str] = set()
        """Those that were."""
        self.watch = Watch(window, folder, seed)
        self.watch.note = lambda: self.log[-1] if self.log else ""
        window.training.trainer.failed.connect(self._hear)
        self._rng = np.random.default_rng(seed)
        self._popup_since = 0
        self._kinds: tuple[tuple[float, Callable[[], str]], ...] = (
            (4, self._press),
            (3, self._command),
            (4, self._key),
            (3, self._type_number),
            (1, self._type_text),
            (3, self._choose),
            (1, self._slide),
            (4, self._handle_graph),
            (4, self._point_anywhere),
            (1, self._edit),
            (2, self._train),
            (1, self._travel),
            (0.5, self._resize),
            (0.2, self._hide),
            (0.5, self._copy),
            (1, self._answer),
            (1, self._wait),
        )

    def act(self, number: int) -> None:
        """Do action `number`, and let the window answer."""
        self._rng = np.random.default_rng([self.seed, number])
        weights = np.array([weight for weight, _ in self._kinds])
        popup = QApplication.activePopupWidget()
        self._popup_since = self._popup_since + 1 if popup is not None else 0
        if popup is None:
            action = self._kinds[self._rng.choice(len(self._kinds), p=weights / weights.sum())][1]
        elif self._popup_since > POPUP_PATIENCE or self._rng.random() < 0.2:
            action = self._escape
        else:
            action = self._use_popup
        self.log.append(f"{number}: …{action.__name__}")
        self.watch.begin()
        said = action()
        self.watch.end()
        self.log[-1] = f"{number}: {said}"
        QApplication.processEvents()
        if number % 20 == 0:
            self._look_around()

    # Actions; each returns what it did.

    def _press(self) -> str:
        return self._click(self._one_of(QAbstractButton))

    def _command(self) -> str:
        """Do a command that can be done now and needs no arguments: from its menu, where it stands in one."""
        window = self.window
        command = self._pick([c for c in self._commands() if not c.why_not(window.session)])
        self.used.add(f"command {command.id}")
        if window.menus.has(command.id):
            window.menus[command.id].trigger()
        else:
            window.perform(command.id)
        return f"command {command.id}"

    def _commands(self) -> list[Command]:
        commands = self.window.commands.values()
        return [c for c in commands if not c.needs and c.takes is None and c.id not in PROTECTED]

    def _key(self) -> str:
        key, modifier = self._pick(KEYS), self._pick(MODIFIERS)
        if key == Qt.Key.Key_Q and modifier == Qt.KeyboardModifier.ControlModifier:
            return "no key, as it would quit"
        focused = QApplication.focusWidget()
        target = focused if focused is not None and focused.isVisible() else self.window
        QTest.keyClick(target, key, modifier)
        return f"key {modifier.name} {key.name} at {_name(target)}"

    def _type_number(self) -> str:
        field = self._one_of(QSpinBox)
        if field is None:
            return "no number to type"
        self.used.add(_plain(_name(field)))
        if self._rng.random() < 0.5:
            key = self._pick((Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown))
            QTest.keyClick(field, key)
            return f"{key.name} in {_name(field)}"
        return self._type(field, self._pick(self.numbers))

    def _type_text(self) -> str:
        field = self._one_of(QLineEdit)
        return self._type(field, self._pick(TEXTS + NUMBERS)) if field else "no text to type"

    def _choose(self) -> str:
        box = self._one_of(QComboBox)
        if box is None:
            return "nothing to choose"
        keys = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End)
        presses = [self._pick(keys) for _ in range(self._rng.integers(1, 4))]
        name = _name(box)
        self.used.add(_plain(name))
        box.setFocus()
        for key in presses:
            if not isValid(box):
                break  # its dialog was answered meanwhile
            QTest.keyClick(box, key)
            # As between the keys of a person: each is answered by itself.
            QApplication.processEvents()
        return f"{[key.name for key in presses]} in {name}"

    def _slide(self) -> str:
        slider = self._one_of(QAbstractSlider)
        return self._click(slider)

    def _handle_graph(self) -> str:
        canvas = self.window.canvas
        return self._point_at(canvas, self._place_in(canvas))

    def _point_anywhere(self) -> str:
        window = self._pick(self._windows())
        place = self._place_in(window)
        widget = window.childAt(place) or window
        return self._point_at(widget, widget.mapFrom(window, place))

    def _edit(self) -> str:
        shown = self.window.session.shown
        things = [*shown.graph.vertices, *shown.trace.parameters]
        thing = things[self._rng.integers(len(things))]
        self.window.edit(thing)
        return f"edit {thing}"

    def _train(self) -> str:
        controls = self.window.training.controls
        return self._click(self._pick((controls.run_button, controls.step_button, controls.reset_button)))

    def _travel(self) -> str:
        iteration = float(self._rng.integers(0, 1 + 2 * self.window.training.book.iteration))
        self.window.training.losses.line_moved.emit(iteration)
        return f"travel to {iteration}"

    def _resize(self) -> str:
        width, height = self._pick(((900, 560), (1024, 640), (1440, 900), (1920, 1080), (2560, 1440), (1, 9000)))
        self._pick(self._windows()).resize(width, height)
        return f"resize to {width} × {height}"

    def _hide(self) -> str:
        """Minimise and come back, or close one of the small windows."""
        window = self._pick(self._windows())
        if window is not self.window:
            window.close()
            return f"close {_name(window)}"
        window.showMinimized()
        QTest.qWait(int(self._rng.integers(1, 60)))
        window.showNormal()
        return "minimise and come back"

    def _copy(self) -> str:
        block = self._pick(BLOCKS)
        QApplication.clipboard().setText(block)
        return f"copy {block!r} elsewhere"

    def _wait(self) -> str:
        milliseconds = int(self._rng.integers(1, 120))
        QTest.qWait(milliseconds)
        return f"wait {milliseconds} ms"

    def _answer(self) -> str:
        """Answer the question of the quiz, if there is one; else step, which asks one if the quiz is on."""
        card = self.window.quiz_card
        if not card.waiting:
            self.window.perform("next")
            return "step on"
        answers = [button for button in card.buttons if button.isVisible()]
        return self._click(self._pick(answers)) if answers else "no answer to click"

    def _escape(self) -> str:
        popup = QApplication.activePopupWidget()
        assert popup is not None
        QTest.keyClick(popup, Qt.Key.Key_Escape)
        if QApplication.activePopupWidget() is popup:
            popup.close()
        return f"escape from {_name(popup)}"

    def _use_popup(self) -> str:
        popup = QApplication.activePopupWidget()
        assert popup is not None
        inside = [w for w in popup.findChildren(QWidget) if w.isVisible() and w.isEnabled()]
        widget = self._pick(inside) if inside else popup
        doing = self._rng.random()
        if doing < 0.4:
            return self._click(widget)
        if doing < 0.7 and isinstance(widget, QLineEdit):
            return self._type(widget, self._pick(TEXTS + NUMBERS))
        target = QApplication.focusWidget() or popup
        modifier = self._pick((*(Qt.KeyboardModifier.NoModifier,) * 4, Qt.KeyboardModifier.ControlModifier))
        key = self._pick((*KEYS, Qt.Key.Key_5, Qt.Key.Key_9, Qt.Key.Key_Minus))
        if key == Qt.Key.Key_Q:
            key = Qt.Key.Key_V
        QTest.keyClick(target, key, modifier)
        return f"key {modifier.name} {key.name} in the popup, at {_name(target)}"

    # How they are done.

    def _point_at(self, widget: QWidget, at: QPoint) -> str:
        doing = self._pick(("click", "click", "double click", "drag", "wheel", "hover", "hover", "context menu"))
        if not widget.isEnabled():
            return f"nothing at disabled {_name(widget)}"
        said = f"{doing} at {at.x()}, {at.y()} of {_name(widget)}"
        if doing == "click":
            QTest.mouseClick(widget, LEFT, pos=at)
        elif doing == "double click":
            QTest.mouseClick(widget, LEFT, pos=at)
            QTest.mouseDClick(widget, LEFT, pos=at)
        elif doing == "drag":
            QTest.mousePress(widget, LEFT, pos=at)
            for _ in range(3):
                QTest.mouseMove(widget, self._place_in(widget))
            QTest.mouseRelease(widget, LEFT, pos=self._place_in(widget))
        elif doing == "wheel":
            self._wheel(widget, at)
        elif doing == "hover":
            QTest.mouseMove(widget, at)
        else:
            QTest.mouseClick(widget, Qt.MouseButton.RightButton, pos=at)
        return said

    def _wheel(self, widget: QWidget, at: QPoint) -> None:
        turn = QPoint(0, int(self._rng.integers(-360, 361)))
        event = QWheelEvent(
            QPointF(at),
            QPointF(widget.mapToGlobal(at)),
            QPoint(),
            turn,
            Qt.MouseButton.NoButton,
            self._pick(MODIFIERS),
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(widget, event)

    def _click(self, widget: QWidget | None) -> str:
        if widget is None or not widget.isEnabled() or not widget.isVisible():
            return "nothing to click"
        name = _name(widget)
        self.used.add(_plain(name))
        QTest.mouseClick(widget, LEFT, pos=self._place_in(widget))
        return f"click {name}"

    def _type(self, field: QWidget, text: str) -> str:
        name = _name(field)
        self.used.add(_plain(name))
        field.setFocus()
        QTest.keyClick(field, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        QTest.keyClick(field, Qt.Key.Key_Delete)
        if text.isascii():
            QTest.keyClicks(field, text)
        else:
            # Qt's simulated keyboard has no such keys.
            QApplication.clipboard().setText(text)
            QTest.keyClick(field, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
        QTest.keyClick(field, self._pick((Qt.Key.Key_Return, Qt.Key.Key_Tab)))
        return f"type {text[:20]!r} into {name}"

    def _one_of(self, kind: type[QWidget]) -> QWidget | None:
        """A control that can be used now; tries some of them in the order in which they are drawn."""
        controls = self._pick(self._windows()).findChildren(kind)
        for place in self._rng.permutation(len(controls)):
            control = controls[place]
            if control.isVisible() and control.isEnabled() and not _is_popup(control.window()):
                return control
        return None

    def _windows(self) -> Sequence[QWidget]:
        """The window, four times, and the small ones beside it."""
        others = [w for w in QApplication.topLevelWidgets() if w.isVisible() and not _is_popup(w)]
        return [self.window] * 4 + [w for w in others if w is not self.window]

    def _look_around(self) -> None:
        """Note what is offered."""
        self.offered |= {f"command {command.id}" for command in self._commands()}
        for window in set(self._windows()):
            for kind in (QAbstractButton, QLineEdit, QComboBox, QSpinBox, QAbstractSlider):
                self.offered |= {_plain(_name(w)) for w in window.findChildren(kind) if w.isVisible() and w.isEnabled()}

    def _hear(self, sentence: str) -> None:
        if any(words in sentence for words in FATAL):
            self.faults.append(sentence)

    def _place_in(self, widget: QWidget) -> QPoint:
        share = self._rng.random(2)
        return QPoint(int(share[0] * widget.width()), int(share[1] * widget.height()))

    def _pick(self, things: Sequence[T]) -> T:
        return things[self._rng.integers(len(things))]


def _is_popup(window: QWidget) -> bool:
    return window.windowType() in (Qt.WindowType.Popup, Qt.WindowType.ToolTip, Qt.WindowType.SplashScreen)


def _plain(name: str) -> str:
    return re.sub(r"[\d.,⁰¹²³⁴-⁹−]+", "#", name)


def _name(widget: QWidget) -> str:
    text = None if isinstance(widget, QLineEdit) else getattr(widget, "text", None)
    said = widget.accessibleName() or (text() if callable(text) else "")
    return f"{type(widget).__name__} '{str(said)[:30]}'"
