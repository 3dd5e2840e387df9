"""Show the list of keys, and what this application is."""

from collections.abc import Iterable
from html import escape

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMessageBox, QWidget

from explorer import __version__


def show_keys(window: QWidget, actions: Iterable[QAction]) -> None:
    """List the actions that have a key, in two columns side by side."""
    rows = [
        f"<td style='padding: 2px 12px 2px 0'><b>{escape(', '.join(k.toString() for k in action.shortcuts()))}</b></td>"
        f"<td style='padding: 2px 36px 2px 0'>{escape(_plain(action.text()))}</td>"
        for action in actions
        if action.shortcuts()
    ]
    half = (len(rows) + 1) // 2
    pairs = zip(rows[:half], [*rows[half:], *[""] * (2 * half - len(rows))], strict=True)
    table = "".join(f"<tr>{left}{right}</tr>" for left, right in pairs)
    note = "Arrows, Home, End, Page Up, Page Down, Return and Esc work where the graph has the focus: click it, or Tab."
    _show(window, "Keys", f"<table>{table}</table><p>{note}</p>")


def show_about(window: QWidget) -> None:
    """Say what this is, and from where its mathematics comes."""
    text = (
        f"<h3>RNN Explorer {__version__}</h3><p>Chapter 10 of <i>Deep Learning</i> (Goodfellow, Bengio and "
        "Courville, 2016), made executable. Every number on the screen comes from the computation.</p>"
    )
    _show(window, "About RNN Explorer", text)


def _show(window: QWidget, title: str, text: str) -> None:
    box = QMessageBox(QMessageBox.Icon.NoIcon, title, text, QMessageBox.StandardButton.Close, window)
    # Shown, not waited for: the window stays alive behind it.
    box.open()
    box.finished.connect(box.deleteLater)


def _plain(text: str) -> str:
    return text.replace("&", "").rstrip("…")
