"""Show running text with typeset formulas in its lines: `FlowText`, as wide as a layout makes it."""

from msgspec import Struct
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize
from PySide6.QtGui import QFont, QFontMetricsF, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from explorer.ui.look import fonts
from explorer.ui.look import theme as themes
from explorer.ui.look.text_size import own_rect, painter_on, px, usual
from explorer.ui.typography.formula import Formula
from explorer.ui.typography.formula_label import breakable_parts
from explorer.ui.typography.marked_text import Piece, paragraphs
from explorer.ui.typography.typesetter import typesetter

LEADING, BETWEEN = 1.5, 0.55
"""Distance from line to line, and between paragraphs beside that, in the size of the letters."""
FORMULA = 1.16
"""The size of formulas in that of the letters: those of the mathematics font are smaller."""
PAD = 4.0
"""Pixels beside the name of a key."""


class PlacedPiece(Struct, frozen=True, eq=False):
    """A piece with its place: x from the left, in a line whose base is at y."""

    piece: Piece
    formula: Formula | None
    x: float
    width: float
    y: float


class FlowText(QWidget):
    """Markdown with LaTeX, see `marked_text`, at `size` px, in the theme's ink.

    Hidden without a text.
    """

    def __init__(self, size: float = 13, weight: int = QFont.Weight.Normal) -> None:
        super().__init__()
        self._size, self._weight = size, weight
        self.text = ""
        """What it shows, as Markdown."""
        self._paragraphs: list[list[Piece]] = []
        self.arranged: list[PlacedPiece] = []
        """Each piece in its place."""
        self._formulas: dict[tuple[str, bool], Formula] = {}
        self._known: dict[float, tuple[list[PlacedPiece], int]] = {}
        """Arrangements by width: a layout asks for the height of the same ones again and again."""
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.hide()

    def set_text(self, markdown: str) -> None:
        """Show another text."""
        if markdown == self.text:
            return
        self.text, self._paragraphs, self._known = markdown, [], {}
        self.setVisible(bool(markdown))
        if typesetter().away:
            typesetter().when_here(self, self._take)
        else:
            self._take()

    def _take(self) -> None:
        self._paragraphs = paragraphs(self.text)
        self._formulas, self._known = {}, {}
        pieces = [piece for paragraph in self._paragraphs for piece in paragraph]
        self.setAccessibleName("".join(" " * piece.space + self._said(piece) for piece in pieces).strip())
        self._lay_out()
        self.updateGeometry()
        self.update()

    def _said(self, piece: Piece) -> str:
        formula = self._formula(piece)
        return piece.text if formula is None else formula.text

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return px(self._arranged(usual(width))[1])

    def sizeHint(self) -> QSize:
        return QSize(px(220), self.heightForWidth(max(px(220), self.width())))

    def minimumSizeHint(self) -> QSize:
        return QSize(px(80), self.heightForWidth(max(px(80), self.width())))

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._lay_out()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.StyleChange):
            self._formulas, self._known = {}, {}
            self._lay_out()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, painter = themes.current(), painter_on(self, smooth=True)
        for one in self.arranged:
            if one.formula is not None:
                one.formula.paint(painter, one.x, one.y)
                continue
            if one.piece.kind == "key":
                box = QRectF(one.x + 0.5, one.y - 1.02 * self._size, one.width - 1, 1.36 * self._size)
                themes.draw_with(painter, theme.strong_border, theme.raised)
                painter.drawRoundedRect(box, 3.5, 3.5)
            painter.setFont(self._font(one.piece))
            painter.setPen(theme.text)
            painter.drawText(QPointF(one.x + PAD * (one.piece.kind == "key"), one.y), one.piece.text)

    # How.

    def _lay_out(self) -> None:
        self.arranged = self._arranged(own_rect(self).width())[0]

    def _font(self, piece: Piece) -> QFont:
        size = self._size - 1 if piece.kind == "key" else self._size
        font = fonts.number_font(size, QFont.Weight.DemiBold if piece.strong else self._weight)
        if piece.slanted:
            font = QFont(font)
            font.setItalic(True)
        return font

    def _formula(self, piece: Piece) -> Formula | None:
        if piece.kind not in ("formula", "display"):
            return None
        key = piece.text, piece.kind == "display"
        if key not in self._formulas:
            self._formulas[key] = Formula(piece.text, self._size * FORMULA)
        return self._formulas[key]

    def _wide(self, piece: Piece, formula: Formula | None) -> float:
        if formula is not None:
            return formula.width
        return QFontMetricsF(self._font(piece)).horizontalAdvance(piece.text) + 2 * PAD * (piece.kind == "key")

    def _arranged(self, width: float) -> tuple[list[PlacedPiece], int]:
        """All pieces with their places in so many px, and the height that they take."""
        if width in self._known:
            return self._known[width]
        found: list[PlacedPiece] = []
        y = 0.0
        for number, paragraph in enumerate(self._paragraphs):
            y += BETWEEN * self._size * bool(number)
            for line in self._lines(paragraph, width):
                above = max((f.baseline for _, f, _, _ in line if f), default=0.0)
                below = max((f.height - f.baseline for _, f, _, _ in line if f), default=0.0)
                above, below = max(above + 1, 1.08 * self._size), max(below + 1, (LEADING - 1.08) * self._size)
                found += [PlacedPiece(piece, formula, x, wide, round(y + above)) for piece, formula, x, wide in line]
                y += above + below
        self._known[width] = found, round(y + 1.5)
        return self._known[width]

    def _lines(self, paragraph: list[Piece], width: float) -> list[list[tuple[Piece, Formula | None, float, float]]]:
        """The lines of a paragraph, broken where there are spaces; a display stands in the middle of its own."""
        lines: list[list[tuple[Piece, Formula | None, float, float]]] = [[]]
        x, space = 0.0, QFontMetricsF(self._font(Piece("word", ""))).horizontalAdvance(" ")
        for group in _groups(paragraph):
            if group[0].kind == "display":
                lines += [self._displayed(part, width) for part in self._broken(group[0], width)]
                lines.append([])
                x = 0.0
                continue
            measured = [(piece, formula := self._formula(piece), self._wide(piece, formula)) for piece in group]
            wide = sum(one for *_, one in measured)
            if lines[-1] and x + space + wide > width:
                lines.append([])
            x = x + space if lines[-1] else 0.0
            for piece, formula, one in measured:
                lines[-1].append((piece, formula, x, one))
                x += one
        return [line for line in lines if line]

    def _broken(self, display: Piece, width: float) -> list[str]:
        """A formula that is too wide, cut before its relations and operators."""
        rows = [""]
        for part in breakable_parts(display.text):
            if rows[-1] and Formula(rows[-1] + part, self._size * FORMULA).width > width:
                rows.append("")
            rows[-1] += part
        return rows

    def _displayed(self, latex: str, width: float) -> list[tuple[Piece, Formula | None, float, float]]:
        formula = Formula(latex, self._size * FORMULA)
        if formula.width > width > 0:
            formula = Formula(latex, self._size * FORMULA * width / formula.width)
        return [(Piece("display", latex), formula, max(0.0, (width - formula.width) / 2), formula.width)]


def _groups(paragraph: list[Piece]) -> list[list[Piece]]:
    """The pieces that stand together, with no space between them."""
    groups: list[list[Piece]] = []
    for piece in paragraph:
        if piece.space or piece.kind == "display" or not groups or groups[-1][0].kind == "display":
            groups.append([])
        groups[-1].append(piece)
    return groups
