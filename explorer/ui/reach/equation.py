"""Show an equation in pieces, side by side, that are typeset one by one while nothing else is to be done."""

from PySide6.QtCore import QSize, QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from explorer.ui.look.text_size import own_rect, painter_on, scaled, sized
from explorer.ui.typography.formula import Formula
from explorer.ui.typography.typesetting import typeset

SIZE, HEIGHT = 13.0, 38
"""In px: the size of an em, and the height that a fraction and the limits of a product take."""
GAPS = {"=": 0.28}
GAP = 0.1
"""Space on both sides of an equals sign, and between all other pieces, in em."""
SMALLEST = 0.8
"""The equation is made smaller to fit, but not below this share; rather its middle part is left out."""

Part = tuple[str, ...]


class ReachEquation(QWidget):
    """Parts of an equation, each of several pieces of LaTeX."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        scaled(self.setFixedHeight, HEIGHT)
        self._parts: tuple[Part, ...] = ()
        self._waiting: list[str] = []
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._typeset_one)

    @property
    def ready(self) -> bool:
        """Whether all pieces are typeset."""
        return not self._waiting

    def set_parts(self, parts: tuple[Part, ...]) -> None:
        """Show another equation as soon as it is typeset."""
        if parts != self._parts:
            self._parts = parts
            self._waiting = list(dict.fromkeys(piece for part in parts for piece in part))
            self._timer.start()
            self.update()

    def shown_parts(self) -> tuple[Part, ...]:
        """All parts; or, where that is too wide, the first and the last."""
        if len(self._parts) > 2 and SMALLEST * self._width(self._parts, SIZE) > own_rect(self).width():
            return self._parts[0], self._parts[-1]
        return self._parts

    def _typeset_one(self) -> None:
        if self._waiting:
            typeset(self._waiting.pop(0))
        if not self._waiting:
            self._timer.stop()
            self.setAccessibleName(" ".join(Formula(p, SIZE).text for part in self._parts for p in part))
            self.update()

    def _width(self, parts: tuple[Part, ...], size: float) -> float:
        pieces = [piece for part in parts for piece in part]
        return sum(Formula(piece, size).width + 2 * GAPS.get(piece, GAP) * size for piece in pieces)

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self.ready or not self._parts:
            return
        painter = painter_on(self, smooth=True)
        parts = self.shown_parts()
        size = SIZE * min(1.0, own_rect(self).width() / self._width(parts, SIZE))
        formulas = [Formula(piece, size) for part in parts for piece in part]
        above = max(f.baseline for f in formulas)
        below = max(f.height - f.baseline for f in formulas)
        baseline = round((own_rect(self).height() - above - below) / 2 + above)
        x = 0.0
        for formula in formulas:
            gap = GAPS.get(formula.latex, GAP) * size
            formula.paint(painter, x + gap, baseline)
            x += formula.width + 2 * gap

    def sizeHint(self) -> QSize:
        return sized(240, HEIGHT)
