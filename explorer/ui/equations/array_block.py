"""Paint one array of an equation between brackets, as colours or as figures on colours, with its symbol below."""

import re

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPainterPath, QPen

from explorer.graph.arrays import Index
from explorer.graph.equation import Factor, Role
from explorer.language import tr
from explorer.session.equations.figures import Figures
from explorer.ui.drawing.edit_marks import paint_corner
from explorer.ui.look import theme as themes
from explorer.ui.look.fonts import number_font
from explorer.ui.look.theme import MapName, RoleName, draw_with
from explorer.ui.parts.cells import paint_cells
from explorer.ui.typography.symbols import lay_out, paint_symbol
from explorer.wording import times_ten_to

ROLES: dict[Role, RoleName] = {
    Role.PARAMETER: "parameter",
    Role.VALUE: "forward",
    Role.TARGET: "target",
    Role.GRADIENT: "backward",
    Role.DIFFERENCE: "backward",
    Role.LOSS: "loss",
    Role.DERIVATIVE: "forward",
}
"""The colour of each kind of factor; a constant is written in ink."""

GRADIENTS = (Role.GRADIENT, Role.DIFFERENCE)
"""What is drawn in the colours of gradients."""

MOST_ROWS = 16
"""Rows and columns of the largest array whose figures are shown; of larger ones they are a hover away."""
FIGURE_SIZE, LABEL_SIZE, SCALAR_SIZE = 11, 13.5, 14.0
PADDING = 8.0
CELL_HEIGHT = 20.0
BRACKET = 4.5
LABEL_GAP = 3.0
LABEL_HEIGHT = 19.0
LARGEST_HEAT = 190.0
"""Longest side, in px, of an array that is shown as colours only."""

_SLOPE = r"\frac{\partial L}{\partial "
_ROOT = re.compile(r"\\sqrt\{((?:[^{}]|\{[^{}]*\})*)\}")
_FRACTION = re.compile(r"\\frac\{(.*?)\}\{(.*)\}")


class ArrayBlock:
    """A scalar, vector (a column, or with `row` a row) or matrix. Extents are in px, about the axis through its middle.

    `limit` is the magnitude of the darkest colour. `emphasis` holds indices that are framed, `edited` those that were
    changed by hand; `picked` marks the entry that a function picks.
    """

    def __init__(
        self,
        factor: Factor,
        figures: Figures,
        limit: float,
        expanded: bool,
        row: bool = False,
        picked: int | None = None,
    ) -> None:
        self.factor, self.figures, self.limit, self.picked = factor, figures, limit, picked
        self.map: MapName = "gradient" if factor.role in GRADIENTS else "value"
        shape = figures.exact.shape
        self.scalar = not shape
        self.row = row
        self.rows: int = 1 if row or not shape else shape[0]
        self.columns: int = shape[0] if row else shape[1] if len(shape) == 2 else 1
        self.can_expand = not self.scalar and max(self.rows, self.columns) <= MOST_ROWS
        self.expanded = expanded and self.can_expand
        self.emphasis: frozenset[Index] = frozenset()
        self.edited: frozenset[Index] = frozenset()
        self._measure()

    def _measure(self) -> None:
        metrics = QFontMetricsF(number_font(FIGURE_SIZE))
        self.power = times_ten_to(self.figures.exponent) if self.figures.exponent else ""
        self._power_width = metrics.horizontalAdvance(self.power) + 3 if self.power else 0.0
        if self.scalar:
            scalar = QFontMetricsF(number_font(SCALAR_SIZE))
            self._body = QRectF(0, 0, scalar.horizontalAdvance(self.figures.text()), CELL_HEIGHT)
        elif self.expanded:
            cell = metrics.horizontalAdvance(self.figures.longest) + PADDING
            self._body = QRectF(0, 0, max(cell, CELL_HEIGHT) * self.columns, CELL_HEIGHT * self.rows)
        else:
            longest = max(self.rows, self.columns)
            cell = CELL_HEIGHT if longest <= 8 else max(2.0, min(15.0, LARGEST_HEAT / longest))
            self._body = QRectF(0, 0, cell * self.columns, cell * self.rows)
        label = lay_out(*label_of(self.factor.tex_here, self.row), LABEL_SIZE)
        self._label_width = label.width
        frame = 0.0 if self.scalar else 2 * BRACKET
        self._inner = self._body.width() + frame + self._power_width
        self.width = max(self._inner, label.width)
        self.above = self._body.height() / 2 + (0 if self.scalar else 3)
        self.below = self.above + (LABEL_GAP + LABEL_HEIGHT if self.factor.tex_here else 0.0)

    @property
    def negative(self) -> bool:
        """Whether this is a scalar below zero, which wants brackets behind a sign."""
        return self.scalar and float(self.figures.mantissa) < 0

    def body(self, x: float, axis: float) -> QRectF:
        """Where the cells are when the block stands at x."""
        left = x + (self.width - self._inner) / 2 + (0 if self.scalar else BRACKET)
        return self._body.translated(left, axis - self._body.height() / 2)

    def label(self, x: float, axis: float) -> QRectF:
        """Where the symbol is, as something to click."""
        return QRectF(x, axis + self.above + LABEL_GAP, self.width, LABEL_HEIGHT)

    def index_at(self, x: float, axis: float, point: QPointF) -> Index | None:
        """The index, into the array, of the cell under a point."""
        body = self.body(x, axis)
        if not body.contains(point):
            return None
        row = min(int((point.y() - body.top()) / body.height() * self.rows), self.rows - 1)
        column = min(int((point.x() - body.left()) / body.width() * self.columns), self.columns - 1)
        return self._index(row, column)

    def _index(self, row: int, column: int) -> Index:
        if self.scalar:
            return ()
        if self.figures.exact.ndim == 2:
            return row, column
        return (column,) if self.row else (row,)

    def _cell(self, index: Index, body: QRectF) -> QRectF:
        row, column = (index[0], index[1]) if len(index) == 2 else (0, index[0]) if self.row else (index[0], 0)
        width, height = body.width() / self.columns, body.height() / self.rows
        return QRectF(body.left() + column * width, body.top() + row * height, width, height)

    def paint(self, painter: QPainter, x: float, axis: float) -> None:
        """Paint with the left edge at x and the middle of the cells on the axis."""
        theme, body = themes.current(), self.body(x, axis)
        ink = theme.role(ROLES[self.factor.role]).text if self.factor.role in ROLES else theme.text
        if self.scalar:
            self._paint_scalar(painter, body, ink)
        else:
            self._paint_cells(painter, body)
            paint_brackets(painter, body.adjusted(-BRACKET, -3, BRACKET, 3), theme.muted)
        if self.power:
            painter.setFont(number_font(FIGURE_SIZE))
            painter.setPen(theme.muted)
            start = body.right() + (2 if self.scalar else BRACKET + 2)
            painter.drawText(QPointF(start, axis + 4), self.power)
        if not self.factor.tex_here:
            return
        symbol = label_of(self.factor.tex_here, self.row)
        place = self.label(x, axis)
        base = QPointF(place.center().x() - self._label_width / 2, place.top() + 14)
        paint_symbol(painter, base, *symbol, LABEL_SIZE, ink)

    def _paint_scalar(self, painter: QPainter, body: QRectF, ink: QColor) -> None:
        painter.setFont(number_font(SCALAR_SIZE))
        painter.setPen(ink)
        painter.drawText(body, int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextDontClip), self.figures.text())

    def _paint_cells(self, painter: QPainter, body: QRectF) -> None:
        theme, values = themes.current(), self.figures.exact.reshape(self.rows, self.columns)
        if self.expanded:
            self._paint_figures(painter, body, values)
        else:
            paint_cells(painter, body, values, self.limit, self.map)
        if self.picked is not None:
            draw_with(painter, QPen(theme.target.line, 2), None)
            painter.drawRect(self._cell((self.picked,), body))
        for index in self.edited:
            paint_corner(painter, self._cell(index, body), theme.text, theme.surface)
        if self.emphasis and not self.scalar:
            draw_with(painter, QPen(theme.text, 1.6), None)
            # The entries that a product takes are one, a row, a column or all: one frame around them.
            painter.drawRect(self._cell(min(self.emphasis), body).united(self._cell(max(self.emphasis), body)))

    def _paint_figures(self, painter: QPainter, body: QRectF, values: np.ndarray) -> None:
        diverging = themes.current().map(self.map)
        steps = diverging.steps(values, self.limit)
        colours, dark = diverging.table[steps].tolist(), diverging.dark_ink[steps].tolist()
        painter.setFont(number_font(FIGURE_SIZE))
        white, black = QColor(255, 255, 255), QColor(0, 0, 0)
        right = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight | Qt.TextFlag.TextSingleLine)
        for row in range(self.rows):
            for column in range(self.columns):
                index = self._index(row, column)
                cell = self._cell(index, body)
                painter.fillRect(cell, QColor(*colours[row][column]))
                painter.setPen(black if dark[row][column] else white)
                painter.drawText(cell.adjusted(0, 0, -PADDING / 2, 0), right, self.figures.text(index))

    def hover_text(self, index: Index) -> str:
        """One entry with all its figures, for a tool tip."""
        value = float(self.figures.exact[index])
        where = {0: "", 1: tr(", unit {row}", row=index[0] + 1) if index else ""}.get(len(index))
        if where is None:
            where = tr(", row {row}, column {column}", row=index[0] + 1, column=index[1] + 1)
        return f"{plain_label(self.factor.tex_here)}{where}\n{value!r}".replace("-", "−")


def paint_brackets(painter: QPainter, rect: QRectF, colour: QColor) -> None:
    """Square brackets at the left and right edge of a rectangle."""
    draw_with(
        painter, QPen(colour, 1.2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap, Qt.PenJoinStyle.MiterJoin), None
    )
    for edge, foot in ((rect.left() + 1, 4.0), (rect.right() - 1, -4.0)):
        path = QPainterPath(QPointF(edge + foot, rect.top()))
        path.lineTo(edge, rect.top())
        path.lineTo(edge, rect.bottom())
        path.lineTo(edge + foot, rect.bottom())
        painter.drawPath(path)


def label_of(tex: str, row: bool) -> tuple[str, str]:
    """A factor's TeX as a symbol and its superscript, in the little TeX that labels are painted from."""
    if tex.startswith(_SLOPE):
        tex = r"\partial L/\partial " + tex.removeprefix(_SLOPE)[:-1]
    tex = _on_one_line(tex)
    tex = tex.replace(r"\left", "").replace(r"\right", "").replace(r"\Delta", "Δ").strip()
    if row:
        tex = tex[:-1] + "⊤}" if tex.endswith(")}") else tex + "^⊤"
    return tex, ""


def _on_one_line(tex: str) -> str:
    """Roots and fractions written with √ and a slash."""
    tex = _ROOT.sub(lambda root: f"√({root[1]})" if "+" in root[1] else f"√{root[1]}", tex)
    parts = _FRACTION.fullmatch(tex)
    if parts is None:
        return tex
    return f"{parts[1]}/{parts[2]}" if parts[2].startswith("√(") else f"{parts[1]}/({parts[2]})"


def plain_label(tex: str) -> str:
    """A factor's TeX as one line of text."""
    if not tex.startswith(_SLOPE):
        tex = _on_one_line(tex)
    for old, new in ((r"\nabla_", "∇"), (r"\hat{y}", "ŷ"), (r"\tilde{y}", "ỹ"), (r"\hat{k}", "k̂"), (r"^\top", "ᵀ"),
                     (r"\left", ""), (r"\right", ""), (r"\odot", "⊙"), (r"\eta", "η"), (r"\alpha", "α"),
                     (r"\varepsilon", "ε"), (r"\hat{m}", "m̂"), (r"\hat{v}", "v̂"), (r"\theta", "θ"),
                     (r"\Delta", "Δ"), (_SLOPE, "∂L/∂")):  # fmt: skip
        tex = tex.replace(old, new)
    return "".join(c for c in tex if c not in "{}^\\").replace("-", "−").strip()
