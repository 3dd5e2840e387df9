"""The dialog shows which array goes where, and takes nothing before all of it is decided."""

from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from explorer.files.weights.places import ParameterPlace
from explorer.files.weights.text import read_text
from explorer.session.document import Document
from explorer.session.loading import Loading, load, loaded
from explorer.ui.parts.fields import Choice
from explorer.ui.weights.dialog import ASK, NOT_USED, TRANSPOSED, WeightsDialog
from tests.settings import a_document
from tests.ui.showing import on_screen

DATA = Path(__file__).parents[2] / "data" / "weights"


@pytest.fixture
def document() -> Document:
    return a_document("hidden_to_hidden", feedback=None)


def dialog_of(name: str, document: Document, qtbot: QtBot) -> WeightsDialog:
    return on_screen(qtbot, WeightsDialog(load(DATA / name, document)))


def choose(choice: Choice, text: str) -> None:
    choice.setCurrentText(text)
    choice.activated.emit(choice.currentIndex())


def test_names_that_are_known_need_one_click(document: Document, qtbot: QtBot) -> None:
    dialog = dialog_of("keras_gru.npz", document, qtbot)
    assert dialog.network.currentText() == "GRU"
    assert dialog.places["sequential_2/gru/gru_cell/kernel"].currentText() == "U_u / U_r / U_v"
    assert not dialog.ways and dialog.fault.isHidden()
    with qtbot.waitSignal(dialog.taken) as taken:
        dialog.take.click()
    (loading,) = taken.args
    assert isinstance(loading, Loading) and loading.document.network.hidden == 4


def test_its_title_says_where_the_weights_are_from(document: Document, qtbot: QtBot) -> None:
    pasted = on_screen(qtbot, WeightsDialog(loaded(read_text("V = [[1, 2, 3], [4, 5, 6]]"), "pasted text", document)))
    assert pasted.windowTitle() == "Weights of pasted text"


def test_a_square_matrix_is_asked_about_before_anything_is_taken(document: Document, qtbot: QtBot) -> None:
    dialog = dialog_of("keras_get_weights.npz", document, qtbot)
    assert dialog.ways["arr_1"].currentText() == ASK
    assert not dialog.take.isEnabled() and "arr_1 is square" in dialog.fault.text()
    choose(dialog.ways["arr_1"], TRANSPOSED)
    assert dialog.take.isEnabled() and dialog.fault.isHidden()
    assert dialog.ways["arr_1"].findText(ASK) == -1
    np.testing.assert_array_equal(dialog.loading.parameters["W"], dialog.loading.arrays["arr_1"].T)


def test_a_place_can_be_chosen_and_taken_back(document: Document, qtbot: QtBot) -> None:
    dialog = dialog_of("keras_get_weights.npz", document, qtbot)
    assert "U and V stay as shown; arr_0 and arr_3 are not used." in dialog.left.text()
    choose(dialog.places["arr_0"], "U")
    assert dialog.loading.rows[0].place == ParameterPlace(("U",))
    choose(dialog.places["arr_0"], NOT_USED)
    assert dialog.loading.rows[0].place is None


def test_another_network_can_be_chosen(document: Document, qtbot: QtBot) -> None:
    dialog = dialog_of("keras_simple_rnn.npz", document, qtbot)
    choose(dialog.network, "Leaky units")
    assert dialog.loading.architecture.id == "leaky"
