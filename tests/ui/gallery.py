"""Draw everything the window is made of into one picture: `python -m tests.ui.gallery OUT.png [dark] [2]`."""

import os
import sys

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QProgressBar,
    QPushButton,
    QRadioButton,
    QSlider,
    QSpinBox,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from explorer.ui import cells, shapes
from explorer.ui import theme as themes
from explorer.ui.colour import symmetric_limit
from explorer.ui.formula import Formula, coloured, with_shape
from explorer.ui.formula_label import FormulaLabel
from explorer.ui.icons import IconButton
from explorer.ui.symbols import paint_symbol, paint_symbol_centred
from explorer.ui.text import paint_text
from explorer.ui.transport import TransportBar
from explorer.ui.widgets import Card, LabelledRows, SectionHeader, Segments, Words, hairline

H = np.array([0.2, 0.55, 0.85, 0.15, -0.73, -0.5, -0.44, 0.4])
GRADIENT = (
    coloured(r"\nabla_{h^{(t)}} L", "backward")
    + " = "
    + with_shape(r"V^{\top}", r"8 \times 2")
    + r"\,"
    + with_shape(coloured(r"\nabla_{o^{(t)}} L", "backward"), "2")
)
G = np.array([0.1, -0.3, 0.8, -0.95, 0.05, 0.4, -0.6, 0.02])


def column(painter: QPainter, x: float, t: int, now: bool) -> None:
    look = themes.current()
    middle = QPointF(x, 0)
    lit = look.backward if now else look.forward
    for y, height, symbol in ((60, 46, r"\hat{y}"), (142, 62 if now else 46, "o"), (245, 62 if now else 46, "h")):
        rect = QRectF(x - 42, y, 84, height)
        hot = now and symbol == "h"
        fill = look.forward.soft if hot else None
        line = lit.line if hot else look.forward.line
        shapes.paint_node(painter, rect, line, fill, width=2.4 if hot else 1.4)
        paint_symbol(painter, QPointF(rect.left() + 8, rect.top() + 17), symbol, f"({t})", 15)
        strip = QRectF(rect.left() + 8, rect.top() + 25, 68, cells.STRIP_HEIGHT)
        if symbol == r"\hat{y}":
            shapes.paint_bars(
                painter,
                QRectF(rect.right() - 36, rect.top() + 6, 30, 37),
                [0.73, 0.27],
                look.forward.line,
                labels="01",
                marked=1,
            )
        else:
            v = H if symbol == "h" else H[:2]
            cells.paint_cells(painter, strip, v, 1.0)
            if now:
                g = G if symbol == "h" else G[:2]
                cells.paint_cells(painter, strip.translated(0, 17), g, 1.0, "gradient")
    shapes.paint_node(painter, QRectF(x - 30, 345, 60, 46), look.parameter.line, dashed=t == 3)
    paint_symbol(painter, QPointF(x - 22, 362), "x", f"({t})", 15)
    if t != 3:
        cells.paint_cells(painter, QRectF(x - 22, 370, 44, 13), [1, 0], 1.0)
    bottom = 307 if now else 291
    for y1, y2, symbol in ((345, bottom, "U"), (245, 204 if now else 188, "V"), (142, 106, "")):
        shapes.Arrow.straight(middle + QPointF(0, y1), middle + QPointF(0, y2)).paint(painter, look.parameter.line)
        if symbol:
            shapes.paint_edge_label(painter, QPointF(x + 12, (y1 + y2) / 2), symbol, look.parameter.text)
    shapes.paint_disc(painter, QPointF(x - 14, 26), 17, look.loss.line)
    paint_text(painter, QRectF(x - 31, 16, 34, 20), "0.26", 10.5, look.text)
    shapes.paint_token(painter, QPointF(x + 34, 20), 13, "1", look.target)
    shapes.Arrow.straight(QPointF(x + 21, 21), QPointF(x + 4, 24)).paint(painter, look.target.line, 1.4)
    curve = shapes.Arrow.curved(QPointF(x + 44, 30), QPointF(x + 66, 100), QPointF(x + 54, 262), QPointF(x + 78, 262))
    curve.paint(painter, look.target.line, 1.8)
    shapes.paint_edge_label(painter, curve.middle, "W", look.target.text)
    if now:
        shapes.paint_column_frame(painter, QRectF(x - 52, 2, 104, 394), look.backward.line, f"t = {t}")
    else:
        paint_text(painter, QRectF(x - 52, 399, 104, 16), f"t = {t}", 12, look.muted)


def canvas(painter: QPainter) -> None:
    for i in range(3):
        if i == 0:
            with shapes.dimmed(painter, 0.35):
                column(painter, 70, 1, False)
        else:
            column(painter, 70 + 122 * i, i + 1, i == 1)
    look = themes.current()
    shapes.paint_ring(painter, QRectF(272, 245, 84, 46))
    shapes.paint_delay(painter, QPointF(430, 270), look.text)
    shapes.paint_delay(painter, QPointF(430, 300), look.text, steps=2)


def figures(painter: QPainter) -> None:
    look = themes.current()
    rng = np.random.default_rng(3)
    W = rng.normal(size=(8, 2))
    W[3, 1] = np.nan
    x = 480.0
    for v, expanded in ((H, False), (W, False), (W, True), (rng.normal(size=(4, 4)) * 0.004, True)):
        size = cells.matrix_size(v.shape, expanded)
        cells.paint_matrix(painter, QRectF(QPointF(x, 20), size), v, symmetric_limit(v))
        x += size.width() + 12
    big = rng.normal(size=(60, 60))
    cells.paint_cells(painter, QRectF(980, 20, 130, 130), big, 2.0, "gradient")
    cells.paint_legend(painter, QRectF(480, 210, 140, 28), 1.0)
    cells.paint_legend(painter, QRectF(650, 210, 140, 28), 0.004, "gradient")
    shapes.paint_bars(
        painter, QRectF(480, 260, 240, 60), rng.random(20), look.forward.line, labels="abcdefghijk lmnopqr\n", marked=4
    )
    for i, symbol in enumerate("1h \n?"):
        shapes.paint_token(painter, QPointF(760 + 40 * i, 290), 14, symbol, look.target if i % 2 else look.parameter)
    painter.save()
    painter.translate(980, 170)
    painter.scale(3.2, 3.2)
    cells.paint_cells(painter, QRectF(0, 0, 62, 13), G[:4], 1.0, "gradient", frame=look.backward.line)
    paint_symbol_centred(painter, QPointF(30, 26), r"\hat{y}", "(3)", 11)
    painter.restore()
    formulas = (
        r"a^{(t)} = b + W h^{(t-1)} + U x^{(t)}",
        GRADIENT,
        r"L^{(t)} = -\log \hat{y}^{(t)}_{y^{(t)}} = " + coloured("0.313", "loss"),
    )
    for i, latex in enumerate(formulas):
        Formula(latex, 19).paint(painter, 480, 360 + 54 * i)


class Drawings(QWidget):
    """All painters on one sheet."""

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), themes.current().surface)
        canvas(painter)
        figures(painter)


def panel() -> QFrame:
    """The controls of a side bar."""
    frame = QFrame()
    frame.setProperty("role", "panel")
    frame.setFixedWidth(236)
    column = QVBoxLayout(frame)
    column.addWidget(SectionHeader("Sequence"))
    rows, task, length = LabelledRows(), QComboBox(), QSpinBox()
    task.addItems(["Running parity", "Delayed echo"])
    for name, control in (("Task", task), ("Length T", length), ("Rate", QLineEdit("0.01"))):
        rows.add(name, control)
    column.addWidget(rows)
    target, show = QRadioButton("target y(t)"), QCheckBox("show a")
    target.setProperty("role", "target")
    for button in (target, show):
        button.setChecked(True)
    slider, progress = QSlider(Qt.Orientation.Horizontal), QProgressBar()
    for bar in (slider, progress):
        bar.setValue(40)
    segments = Segments(("train time", "test time", "both"), "time")
    rest = (target, QRadioButton("prediction ŷ(t)"), show, QCheckBox("hints"), segments, slider, progress)
    for control in rest:
        column.addWidget(control)
    column.addStretch(1)
    return frame


def card() -> Card:
    """Formulas, words, buttons, tabs and a list."""
    card = Card()
    card.column.addWidget(SectionHeader("Where it comes from"))
    card.column.addWidget(FormulaLabel(GRADIENT))
    card.column.addWidget(FormulaLabel(r"a^{(t)} = b + W h^{(t-1)} + U x^{(t)}" + r" + R \hat{y}^{(t-1)}" * 7))
    card.column.addWidget(Words("No gradient crosses time: ∇h has one term, from o. Each column trains on its own."))
    card.column.addWidget(Words("✓ finite differences agree to 3 × 10⁻¹⁰", "target"))
    card.column.addWidget(hairline())
    row = QHBoxLayout()
    for text, role in (("Run", "primary"), ("Step", None), ("Disabled", None)):
        button = QPushButton(text)
        button.setProperty("role", role)
        button.setEnabled(text != "Disabled")
        row.addWidget(button)
    for icon in ("reset", "down", "close", "check"):
        row.addWidget(IconButton(icon, icon))
    card.column.addLayout(row)
    tabs, lines = QTabWidget(), QListWidget()
    lines.addItems([f"line {i}" for i in range(20)])
    tabs.addTab(lines, "Ledger")
    tabs.addTab(QLabel("empty"), "Reach")
    card.column.addWidget(tabs)
    return card


def transport(position: int, playing: bool, width: int) -> TransportBar:
    """A transport bar in the middle of a training step."""
    bar = TransportBar()
    bar.set_phases(
        [
            ("Forward", 0, 30, "forward"),
            ("Loss", 30, 36, "loss"),
            ("Backward", 36, 64, "backward"),
            ("Update", 64, 71, "parameter"),
        ]
    )
    bar.set_position(position)
    bar.set_playing(playing)
    bar.setFixedWidth(width)
    return bar


def main(out: str, *options: str) -> None:
    os.environ["QT_SCALE_FACTOR"] = next((option for option in options if option != "dark"), "1")
    app = QApplication([])
    themes.apply(app, themes.DARK if "dark" in options else themes.LIGHT)
    window = QWidget()
    column, row = QVBoxLayout(window), QHBoxLayout()
    drawings = Drawings()
    drawings.setFixedSize(1200, 540)
    column.addWidget(drawings)
    for bar in (transport(47, False, 840), transport(0, True, 840), transport(71, False, 438)):
        column.addWidget(bar)
    row.addWidget(panel())
    row.addWidget(card(), 1)
    column.addLayout(row)
    window.resize(1230, 1220)
    window.show()
    app.processEvents()
    window.grab().save(out)


if __name__ == "__main__":
    main(*sys.argv[1:])
