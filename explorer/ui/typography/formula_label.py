"""Show a formula in a layout: `FormulaLabel` breaks it before an operator, or shrinks it, to fit."""

import re

from msgspec import Struct
from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from explorer.ui.look.text_size import own_rect, painter_on, px, sized, usual
from explorer.ui.typography.formula import Formula
from explorer.ui.typography.typesetter import typesetter

SMALLEST = 0.55
"""How far a formula is shrunk, of its size, before it is clipped."""
LEADING = 0.45
"""Space between the lines of a broken formula, in em."""
OPERATOR_SPACE = 0.45
"""Space around an operator between two terms, in em; one that begins a line has none."""
INDENT = 1.4
"""Indentation of all lines but the first, in em."""
FOREVER = 1e9
"""A width that is as good as endless."""
RESERVED = 1.7
"""Height kept free for a formula that is not yet typeset, in em."""


class FormulaLabel(QWidget):
    """A formula at `size` px per em, in the theme's ink."""

    def __init__(self, latex: str = "", size: float = 17) -> None:
        super().__init__()
        self.latex, self._size = "", size
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._lines = _Lines((), 1.0)
        self._narrowest = FOREVER
        """The least width for which a layout has asked about the height."""
        self._waits = False
        self.set_latex(latex)

    def set_latex(self, latex: str) -> None:
        """Show another formula."""
        if latex == self.latex:
            return
        self.latex = latex
        self._waits = typesetter().away
        if self._waits:
            typesetter().when_here(self, self._show)
        else:
            self._show()

    def _show(self) -> None:
        self._waits = False
        self.setAccessibleName(self._formula(self.latex).text if self.latex else "")
        self._lay_out()
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return self._hint(self._broken(FOREVER, self.latex))

    def minimumSizeHint(self) -> QSize:
        whole = self.sizeHint()
        return QSize(min(px(80), whole.width()), round(SMALLEST * whole.height()))

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        self._narrowest = min(self._narrowest, usual(width))
        return self._hint(self._broken(usual(width), self.latex)).height()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._lay_out()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.StyleChange):
            self._lay_out()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_on(self, smooth=True)
        lines = self._lines
        y = max(0.0, (own_rect(self).height() - lines.height(self._size)) / 2)
        for number, line in enumerate(lines.formulas):
            x = INDENT * line.size if number else 0.0
            # A base line on a whole pixel keeps fraction bars and minus signs crisp.
            line.paint(painter, x, round(y + line.baseline))
            y += line.height + LEADING * line.size

    def lines_of(self, latex: str) -> tuple[str, ...]:
        """The lines in which a formula would be shown here, as wide as this is now and as narrow as it may become."""
        now = max(1.0, own_rect(self).width())
        widths = {now, min(now, self._narrowest)}
        return tuple(line.latex for width in widths for line in self._broken(width, latex).formulas)

    def _formula(self, latex: str, scale: float = 1.0) -> Formula:
        return Formula(latex, self._size * scale)

    def _lay_out(self) -> None:
        self._lines = self._broken(max(1, own_rect(self).width()), self.latex)

    def _hint(self, lines: "_Lines") -> QSize:
        if self._waits:
            return sized(1, RESERVED * self._size)
        return sized(round(lines.width() + 1.5), round(lines.height(self._size) + 1.5))

    def _broken(self, width: float, latex: str) -> "_Lines":
        """Lines that fit in `width`: whole; else a little smaller; else broken; else broken and smaller."""
        if self._waits or not latex:
            return _Lines((), 1.0)
        whole = self._formula(latex)
        if whole.error or whole.width <= width:
            return _Lines((whole,), 1.0)
        if whole.width * 0.85 <= width:
            return _Lines((self._formula(latex, width / whole.width),), width / whole.width)
        rows, room = [""], width
        for part in breakable_parts(latex):
            # By the widths of the parts: setting each row that might be would take seconds for a sum of many terms.
            wide = self._formula(part).width + (OPERATOR_SPACE * self._size if rows[-1] else 0.0)
            if rows[-1] and wide > room:
                rows.append("")
                room = width - INDENT * self._size
            rows[-1] += part
            room -= wide
        widest = _Lines(tuple(map(self._formula, rows)), 1.0).width()
        scale = min(1.0, max(SMALLEST, width / widest))
        return _Lines(tuple(self._formula(row, scale) for row in rows), scale)


class _Lines(Struct, frozen=True):
    formulas: tuple[Formula, ...]
    scale: float

    def width(self) -> float:
        return max(
            (line.width + (INDENT * line.size if number else 0) for number, line in enumerate(self.formulas)),
            default=0.0,
        )

    def height(self, size: float) -> float:
        gaps = LEADING * size * self.scale * max(0, len(self.formulas) - 1)
        return sum(line.height for line in self.formulas) + gaps


_TOKEN = re.compile(r"\\[A-Za-z]+|\\.|.", re.DOTALL)
_BREAKS = {"=", "+", "-", "\\leftarrow", "\\approx"}


def breakable_parts(latex: str) -> list[str]:
    r"""Cut a formula before each relation, sum or difference that stands outside all braces and brackets.

    A sign at the start, or after another operator, is no place to break. The parts joined are the formula.
    """
    parts, depth, operator_before = [""], 0, True
    for token in _TOKEN.findall(latex):
        if token in ("{", "(", "[", "\\left", "\\begin"):
            depth += 1
        if depth == 0 and token in _BREAKS and not operator_before:
            parts.append("")
        parts[-1] += token
        if token in ("}", ")", "]", "\\right", "\\end"):
            depth -= 1
        if not token.isspace():
            operator_before = token in _BREAKS or token in ("\\odot", "\\cdot", "\\times", ",")
    return [part for part in parts if part]
