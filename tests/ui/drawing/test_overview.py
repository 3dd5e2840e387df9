"""Seen from far, a row is a heat map: units lie one above the other, each a stripe of its own, however many steps."""

from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QRectF
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from explorer.graph.unfold import Vertex
from explorer.session.document import show
from explorer.session.view.view_state import view_state
from explorer.session.viewing import View
from explorer.ui.drawing import overview
from explorer.ui.drawing.canvas import Canvas
from explorer.ui.drawing.overview import row_names
from explorer.ui.drawing.scene import Detail
from explorer.ui.drawing.sheet import Sheet
from tests.session.shown import example
from tests.settings import a_document
from tests.ui.painting import pixels
from tests.ui.showing import on_screen


@pytest.mark.parametrize(
    ("network", "feedback", "shared"), [("encoder_decoder", "teacher_forcing", "e,h"), ("lstm", None, "g,v,f,q")]
)
def test_what_shares_a_row_shares_its_name(qtbot: QtBot, network: str, feedback: str | None, shared: str) -> None:
    canvas = Canvas()
    qtbot.addWidget(canvas)
    canvas.set_view(view_state(example(network, feedback), View(open_cells=True)))
    assert canvas._scene is not None
    assert shared.split(",") in row_names(canvas._scene, named=False).values()


def test_a_narrow_box_beside_others_says_which_it_is(canvas: Canvas, monkeypatch: pytest.MonkeyPatch) -> None:
    """An open LSTM beside a lesson in a talk: boxes of one row had been told apart by nothing."""
    written, label = list[str](), Sheet.label

    def note(sheet: Sheet, x: float, y: float, symbol: str, *rest: Any, **options: Any) -> float:
        written.append(symbol)
        return label(sheet, x, y, symbol, *rest, **options)

    canvas.resize(400, 580)
    canvas.set_view(view_state(example("lstm", None, T=6), View(open_cells=True)))
    canvas.fit()
    assert canvas._scene is not None and canvas._scene.detail(canvas._camera.sx) is Detail.BLOCKS
    monkeypatch.setattr(Sheet, "label", note)
    canvas.grab()
    assert {"g", "v", "f", "q", "h"} <= {*written} and written.count("g") >= 6


def test_a_matrix_keeps_its_rows_and_columns(canvas: Canvas) -> None:
    """Six states in a matrix had been one stack of all their units."""
    shown = example("attention", "teacher_forcing", T=6, hidden=8)
    canvas.resize(500, 580)
    canvas.set_view(view_state(shown, View(cursor=len(shown.events))))
    canvas.fit()
    scene = canvas._scene
    assert scene is not None and scene.detail(canvas._camera.sx) is not Detail.FULL
    box = canvas._camera.rect(scene.geometry.node(Vertex("E", 1))).toAlignedRect().adjusted(4, 4, -4, -4)
    picture = pixels(canvas.grab(box).toImage())
    assert np.median(np.ptp(picture, axis=1).max(axis=1)) > 30, "along a row"


@pytest.mark.parametrize("T", [100, 300, 1000])
def test_units_do_not_run_into_each_other(canvas: Canvas, T: int) -> None:
    shown = example("hidden_to_hidden", None, T)
    canvas.set_view(view_state(shown, View()))
    QApplication.processEvents()
    assert canvas._scene is not None
    row = canvas._scene.geometry.places["x"].rect
    band = canvas._camera.rect(row)
    picture = pixels(canvas.grab().toImage())
    top, height = round(band.top()), round(band.height())
    for unit in (0, 1):
        low, high = (top + round(height * (unit + share) / 2) for share in (0.12, 0.88))
        stripe = picture[low:high, 60:840].astype(int)
        assert (np.ptp(stripe, axis=0) <= 1).all()
        assert (np.ptp(stripe, axis=1) > 100).any()


def test_two_sequences_of_different_lengths_are_seen_from_far(qtbot: QtBot) -> None:
    shown = show(a_document("encoder_decoder", "number_words", length=60, hidden=3))
    canvas = on_screen(qtbot, Canvas(), 700, 300)
    canvas.set_view(view_state(shown, View(cursor=len(shown.events))))
    canvas.fit()
    QApplication.processEvents()
    assert canvas._scene is not None and canvas._scene.detail(canvas._camera.sx) is Detail.FAR
    read = canvas._camera.rect(canvas._scene.geometry.places["e"].rect)
    picture = pixels(canvas.grab().toImage())[round(read.center().y())]
    assert np.ptp(picture.astype(int), axis=0).max() > 100


def test_nodes_of_one_row_lie_one_above_another_from_far(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    bands = dict[str, QRectF]()
    canvas = Canvas()
    qtbot.addWidget(canvas)
    canvas.set_view(view_state(example("lstm", None, T=100), View(open_cells=True)))
    monkeypatch.setattr(overview, "_row", lambda _, scene, place, band, first, last: bands.update({place.name: band}))
    canvas.grab()
    names = ("g", "v", "f", "q")
    assert all(a.bottom() <= b.top() for a, b in pairwise(bands[name] for name in names))
