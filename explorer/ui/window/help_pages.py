"""Show the list of keys, and what this application is."""

from collections.abc import Iterable
from html import escape

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QMessageBox, QTextBrowser, QWidget

from explorer import __version__
from explorer.language import tr
from explorer.session.commands import Command
from explorer.ui.look.text_size import px
from explorer.ui.parts.widgets import in_column

_NATIVE = QKeySequence.SequenceFormat.NativeText
"""As menus name keys, in the language of Qt's texts."""


def show_keys(window: QWidget, menus: Iterable[tuple[str, Iterable[Command]]]) -> None:
    """List the commands of each menu that have a key; the list scrolls where the window is low."""
    rows = "".join(_rows(title, commands) for title, commands in menus)
    notes = (
        tr(
            "Arrows, Home, End, Page Up, Page Down, Return and Esc work where the graph has the focus: click it, or "
            "Tab."
        ),
        tr(
            "Where a plot of curves has the focus, + and − zoom it, ← and → move it, and 0 shows all of it; ← and → "
            "turn the surface of the loss, and arrows go from place to place in other pictures. Return leads back to "
            "the graph."
        ),
        tr("Alt+1, Alt+2 and Alt+3 choose an answer, on a page of a lesson or where the app asks before it reveals."),
    )
    dialog = QDialog(window)
    page = QTextBrowser(dialog)
    dialog.setWindowTitle(tr("Keys"))
    page.setHtml(f"{''.join(f'<p>{note}</p>' for note in notes)}<table>{rows}</table>")
    page.setAccessibleName(tr("Keys"))
    buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, dialog)
    buttons.rejected.connect(dialog.reject)
    in_column(None, page, buttons, on=dialog, margins=None)
    dialog.resize(px(520), min(px(640), round(window.height() * 0.85)))
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()


def show_about(window: QWidget) -> None:
    """Say what this is, and from where its mathematics comes."""
    text = tr(
        "<h3>RNN Explorer {version}</h3><p>Chapter 10 of <i>Deep Learning</i> (Goodfellow, Bengio and Courville, "
        "2016), made executable. Every number on the screen comes from the computation.</p>",
        version=__version__,
    )
    _show(window, tr("About RNN Explorer"), text)


def _show(window: QWidget, title: str, text: str) -> None:
    box = QMessageBox(QMessageBox.Icon.NoIcon, title, text, QMessageBox.StandardButton.Close, window)
    # Shown, not waited for: the window stays alive behind it.
    box.open()
    box.finished.connect(box.deleteLater)


def _rows(title: str, commands: Iterable[Command]) -> str:
    """The keys of one menu under its name; nothing where it has none."""
    rows = "".join(
        f"<tr><td style='padding: 2px 16px 2px 0; white-space: nowrap'><b>{escape(keys)}</b></td>"
        f"<td style='padding: 2px 0; white-space: nowrap'>{escape(command.plain_title.lstrip('0123456789 '))}</td></tr>"
        for command in commands
        if (keys := ", ".join(QKeySequence(key).toString(_NATIVE) for key in command.keys))
    )
    return rows and f"<tr><td colspan='2' style='padding: 10px 0 2px 0'><i>{escape(title)}</i></td></tr>{rows}"
