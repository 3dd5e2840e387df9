"""Keep a play going: answer what would wait for a person for ever, and take down how long the window is silent."""

import sys
import time
from collections.abc import Callable
from pathlib import Path
from threading import get_native_id

import numpy as np
from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QWidget

from explorer.session.files import Opened, save_document
from tests.settings import a_document

PATIENCE = 5
"""Beats for which a menu may be open that an action waits for."""


class Watch(QObject):
    """Beats 50 times a second; `folder` holds good and bad files, which it gives to whoever asks for a file."""

    def __init__(self, window: QWidget, folder: Path, seed: int) -> None:
        super().__init__(window)
        self.longest = 0.0
        """Seconds of the longest pause between two beats, without those in which other programs had the processor."""
        self.longest_at = ""
        self.note: Callable[[], str] = lambda: ""
        self.dialogs: set[str] = set()
        """What dialogs were answered."""
        self._folder, self._files = folder, files_in(folder)
        self._rng = np.random.default_rng([seed, 2**31])
        self._last = self._now()
        self._beats: int | None = None
        self._menus = 0
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._beat)
        self._timer.start(20)

    def begin(self) -> None:
        """An action begins; a menu that is still open some beats later is one that the action waits for."""
        self._beats = 0

    def end(self) -> None:
        """The action is done."""
        self._beats = None

    def _beat(self) -> None:
        now = self._now()
        if now - self._last > self.longest:
            self.longest, self.longest_at = now - self._last, self.note()
        self._last = now
        dialog = QApplication.activeModalWidget()
        if dialog is not None:
            # Not from here: what it opens may wait in an event loop of its own, in which this beat must go on.
            QTimer.singleShot(0, self, lambda: self._answer(dialog))
        if self._beats is not None:
            self._beats += 1
            menu = QApplication.activePopupWidget()
            if menu is not None and self._beats > PATIENCE:
                self._beats = -20
                QTimer.singleShot(0, self, lambda: self._leave(menu))

    def _answer(self, dialog: QWidget) -> None:
        """Name a file, press Return or Escape; a dialog that is not content with that is closed at the next beat."""
        if dialog is not QApplication.activeModalWidget():
            return
        self.dialogs.add(f"{type(dialog).__name__} '{dialog.windowTitle()}'")
        asked_before = dialog.property("asked")
        dialog.setProperty("asked", True)
        if asked_before or self._rng.random() < 0.2:
            dialog.close()
            return
        if isinstance(dialog, QFileDialog):
            field = dialog.findChild(QLineEdit)
            assert field is not None
            field.setText(str(self._folder / self._files[self._rng.integers(len(self._files))]))
        QTest.keyClick(dialog, Qt.Key.Key_Return)

    def _leave(self, menu: QWidget) -> None:
        """Choose an entry of a menu, or none."""
        self._menus += 1
        for _ in range(self._menus % 4):
            QTest.keyClick(menu, Qt.Key.Key_Down)
        QTest.keyClick(menu, Qt.Key.Key_Return if self._menus % 4 else Qt.Key.Key_Escape)
        menu.close()

    def _now(self) -> float:
        return time.perf_counter() - _waited_for_processor()


def files_in(folder: Path) -> tuple[str, ...]:
    """Fill a folder with files to read, good and bad; returns their names, and those of files to write."""
    save_document(
        Opened(a_document(architecture="output_to_hidden", feedback="mixed_yhat", hidden=4)), folder / "good.rnnx"
    )
    (folder / "bad.rnnx").write_bytes(b'{"length": 9')
    (folder / "no plan.rnnx").write_bytes(b'{"plan": {"schedule": {"kind": "exponential"}}}')
    (folder / "text.txt").write_text("the quick brown fox jumps over the lazy dog. " * 40, encoding="utf-8")
    (folder / "one.txt").write_text("a" * 50)
    (folder / "empty.txt").touch()
    (folder / "latin.txt").write_bytes(b"caf\xe9 au lait")
    (folder / "many.txt").write_text("".join(chr(0x10000 + i) for i in range(100_000)), encoding="utf-8")
    written = ("new.rnnx", "graph.svg", "graph.png", "graph.pdf", "curves.csv", "no suffix", "missing/graph.svg")
    return *(file.name for file in sorted(folder.iterdir())), *written


def _waited_for_processor() -> float:
    """Seconds for which this thread could have run but had no processor; 0 where the system does not tell."""
    file = Path(f"/proc/self/task/{get_native_id()}/schedstat")
    if sys.platform != "linux" or not file.exists():
        return 0.0
    return int(file.read_text().split()[1]) / 1e9
