"""The buttons of training are whole at any width: the rest of their row gives way."""

from itertools import pairwise

from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from explorer.ui.training.controls import TRAIN_ON, TrainingControls


def test_what_has_no_room_beside_the_buttons_is_left_out_and_comes_back(qtbot: QtBot) -> None:
    room, controls = QWidget(), TrainingControls()
    qtbot.addWidget(room)
    room.resize(1000, 60)
    controls.setParent(room)
    controls.run_button.setText(TRAIN_ON)
    controls.progress_text.say("iteration 500 of 500", "500 of 500")
    controls.show_folded(True)
    room.show()
    buttons = controls.fold_button, controls.run_button, controls.step_button, controls.reset_button, controls.chips
    for width, whole in ((480, False), (900, True), (480, False)):
        controls.resize(width, 40)
        QApplication.processEvents()
        assert all(button.width() >= button.minimumSizeHint().width() for button in buttons)
        assert all(one.geometry().right() < other.geometry().left() for one, other in pairwise(buttons))
        assert controls.progress_text.isVisible() == controls.pace.isVisible() == whole
