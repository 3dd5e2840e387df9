"""Paint the signs between the arrays of an equation: operators, function names, round brackets of any height."""

from msgspec import Struct
from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainter, QPainterPath, QPen

from explorer.ui.look import theme as themes
from explorer.ui.typography.symbols import lay_out, paint_symbol

OPERATOR_SIZE = 17.0


class Operator(Struct, frozen=True):
    """A sign or a word in the line, such as =, ⊙ or softmax."""

    symbol: str
    size: float = OPERATOR_SIZE
    drop: float = 0.0
    above: float = 11.0
    below: float = 11.0

    @property
    def width(self) -> float:
        return lay_out(self.symbol, "", self.size).width

    def paint(self, painter: QPainter, x: float, axis: float) -> None:
        base = QPointF(x, axis + 0.3 * self.size + self.drop)
        paint_symbol(painter, base, self.symbol, "", self.size, themes.current().text)


class Parenthesis(Struct, frozen=True):
    """A round bracket as high as what it embraces."""

    opening: bool
    height: float
    width: float = 7.0

    @property
    def above(self) -> float:
        return self.height / 2

    @property
    def below(self) -> float:
        return self.height / 2

    def paint(self, painter: QPainter, x: float, axis: float) -> None:
        inner, outer = (x + self.width - 1, x + 0.5) if self.opening else (x + 1, x + self.width - 0.5)
        half = self.height / 2
        bend = min(half, 14.0)
        path = QPainterPath(QPointF(inner, axis - half))
        path.quadTo(outer, axis - half + bend * 0.5, outer, axis - half + bend)
        path.lineTo(outer, axis + half - bend)
        path.quadTo(outer, axis + half - bend * 0.5, inner, axis + half)
        painter.setPen(QPen(themes.current().text, 1.3))
        painter.drawPath(path)
