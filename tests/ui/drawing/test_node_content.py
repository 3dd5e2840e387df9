"""What stands in the box of a node."""

from typing import Any

from PySide6.QtWidgets import QApplication
from pytest import MonkeyPatch

from explorer.ui.drawing.sheet import Sheet
from explorer.ui.window.main_window import MainWindow


def test_every_gate_names_its_bias_where_cells_are_narrow(window: MainWindow, monkeypatch: MonkeyPatch) -> None:
    """Of four layers in a cell one had its bias, as if the gates had none."""
    written: list[str] = []
    label = Sheet.label

    def noted(sheet: Sheet, x: float, y: float, text: str, *rest: Any, **more: Any) -> float:
        written.append(text)
        return label(sheet, x, y, text, *rest, **more)

    monkeypatch.setattr(Sheet, "label", noted)
    window.perform("change", architecture="lstm", length=2, hidden=2)
    window.perform("open_cells", on=True)
    window.look(training=False)
    window.resize(1280, 900)
    QApplication.processEvents()
    window.canvas.grab()
    assert {"+b", "+b_f", "+b_g", "+b_q"} <= set(written)
