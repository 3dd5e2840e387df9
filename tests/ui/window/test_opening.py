"""Any file opens by what it holds, from the menu or dropped onto the window; one that cannot leaves all as it was."""

import json
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QFileDialog, QWidget

from explorer.files.case import compute, read_case
from explorer.files.weights.reading import read_arrays
from explorer.session.files import Opened, save_document
from explorer.ui.window.main_window import MainWindow
from tests.settings import a_document
from tests.ui.dropping import drop

DATA = Path(__file__).parents[2] / "data" / "weights"
CASES = DATA.parent / "cases"


def test_weights_that_are_dropped_are_shown_and_taken(window: MainWindow) -> None:
    drop(window, DATA / "keras_lstm.npz")
    dialog = window.weights_files.dialog
    assert dialog is not None and dialog.isVisible()
    dialog.take.click()
    assert window.session.shown.architecture.id == "lstm"
    assert window.status.origin.text() == "showing weights of keras_lstm.npz"
    assert window.perform("undo") and window.session.weights is None


def test_a_document_that_is_dropped_is_opened_by_any_name(window: MainWindow, tmp_path: Path) -> None:
    save_document(Opened(a_document("lstm", hidden=3, feedback=None)), tmp_path / "a.rnnx")
    (tmp_path / "a.json").write_bytes((tmp_path / "a.rnnx").read_bytes())
    for name in ("a.rnnx", "a.json"):
        window.perform("change", hidden=5)
        drop(window, tmp_path / name)
        assert window.session.document.network.hidden == 3


def test_what_cannot_be_opened_is_said_and_all_stays(window: MainWindow, tmp_path: Path) -> None:
    before = window.session.state
    for name, said in (
        ("model.pt", "is a pickle"),
        ("song.mp3", "cannot be opened here"),
        ("w.json", "no JSON"),
        ("gone.npz", "No such"),
    ):
        if name != "gone.npz":
            (tmp_path / name).write_bytes(b"{W")
        drop(window, tmp_path / name)
        assert said in window.notice.text.text() and window.session.state is before, name


def test_several_files_are_refused(window: MainWindow, tmp_path: Path) -> None:
    drop(window, tmp_path / "a.rnnx", tmp_path / "b.rnnx")
    assert window.notice.text.text() == "Here are 2 files; drop one at a time."


def test_a_folder_and_an_address_are_refused_and_nothing_is_ever_moved(window: MainWindow, tmp_path: Path) -> None:
    drop(window, tmp_path)
    assert window.notice.text.text() == f"{tmp_path.name} is a folder; drop one of the files in it."
    data = QMimeData()
    data.setUrls([QUrl("https://example.org/a.csv")])
    actions = Qt.DropAction.CopyAction | Qt.DropAction.MoveAction
    event = QDropEvent(QPointF(9, 9), actions, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ShiftModifier)
    window.dropEvent(event)
    assert window.notice.text.text().startswith("https://example.org/a.csv is not on this computer;")
    assert event.dropAction() == Qt.DropAction.CopyAction


def test_weights_are_saved_under_the_names_that_are_chosen(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window.perform("change", architecture="lstm")
    kind = "safetensors, PyTorch's names (*.safetensors)"
    monkeypatch.setattr(QFileDialog, "exec", lambda dialog: [dialog.filterSelected.emit(kind)])
    monkeypatch.setattr(QFileDialog, "selectedNameFilter", lambda dialog: kind)
    monkeypatch.setattr(QFileDialog, "selectedFiles", lambda dialog: [f"{tmp_path}/model.{dialog.defaultSuffix()}"])
    window.perform("save_weights")
    assert "weight_ih_l0" in read_arrays(tmp_path / "model.safetensors")


def test_a_case_that_is_dropped_is_shown_and_what_is_shown_is_saved_as_one(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drop(window, CASES / "binary_adder.json")
    assert window.session.shown.task.id == "own_data"
    assert window.status.origin.text() == "showing weights of binary_adder.json"
    monkeypatch.setattr(QFileDialog, "exec", lambda dialog: True)
    monkeypatch.setattr(QFileDialog, "selectedFiles", lambda dialog: [f"{tmp_path}/case.{dialog.defaultSuffix()}"])
    window.perform("save_case")
    shown = window.session.shown.trace.loss
    assert compute(read_case(tmp_path / "case.json")).loss == pytest.approx(shown, rel=1e-12)


def test_a_case_that_is_too_long_to_be_shown_is_named(window: MainWindow, tmp_path: Path) -> None:
    case = json.loads((CASES / "one_unit_own_h0.json").read_text())
    case |= {"sizes": case["sizes"] | {"T": 1200}, "x": case["x"] * 400, "y": case["y"] * 400}
    path = tmp_path / "long.json"
    path.write_text(json.dumps(case))
    before = window.session.document
    drop(window, path)
    assert window.notice.text.text().startswith("In the case long.json: Sequence 1 has 1,200 steps, and at most 1,000")
    assert window.session.document == before


def test_no_part_of_the_window_keeps_a_dropped_file_to_itself(window: MainWindow) -> None:
    window.training.build()
    takes = [part for part in window.findChildren(QWidget) if part.acceptDrops() and part.isVisible()]
    assert takes == []
