"""The buttons of dialogs are made in the look of the window, which decides whether they have pictures."""

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QWidget
from pytestqt.qtbot import QtBot

from explorer.reading.encodings import EncodingError
from explorer.ui.parts.encoding_dialog import EncodingDialog
from explorer.ui.settings.data_dialog import DataDialog
from explorer.ui.window.help_pages import show_keys

DIALOGS: dict[str, Callable[[QWidget], object]] = {
    "data": DataDialog,
    "encoding": lambda window: EncodingDialog(EncodingError("x", b"\xe4"), window),
    "keys": lambda window: show_keys(window, ()),
}


@pytest.mark.parametrize("dialog", DIALOGS)
def test_a_dialog_asks_its_window_whether_buttons_have_pictures(dialog: str, qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    # The reverse of what the style sheet says, as not every system has pictures for buttons.
    window.setStyleSheet("QDialogButtonBox { dialogbuttonbox-buttons-have-icons: 1 }")
    kept = DIALOGS[dialog](window)
    found = window.findChild(QDialog)
    assert found is not None and (kept is None or kept is found)
    buttons = found.findChild(QDialogButtonBox)
    assert buttons is not None
    assert any(not button.icon().isNull() for button in buttons.buttons())
