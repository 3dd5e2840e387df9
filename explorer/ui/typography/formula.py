"""Paint typeset mathematics: `Formula` on any painter, sharp at every size, in the colours of the theme."""

import re
from collections.abc import Iterable
from functools import lru_cache, partial
from typing import get_args

from PySide6.QtCore import QByteArray, QObject, QPointF, QRectF, QTimer
from PySide6.QtGui import QFont, QFontDatabase, QFontMetricsF, QPainter
from PySide6.QtSvg import QSvgRenderer

from explorer.language import tr
from explorer.ui.look import theme as themes
from explorer.ui.look.theme import RoleName
from explorer.ui.typography.idle import one_by_one
from explorer.ui.typography.typesetter import typesetter
from explorer.ui.typography.typesetting import INK, ROLES, Typeset, coloured, typeset

__all__ = [tr("Formula"), "coloured", "prewarm"]


class Formula:
    """A formula at `size` px per em in the colours of the theme; cheap to make again, for its parts are cached.

    `width`, `height` and `baseline` (distance of the base line from the top) are in px. LaTeX that cannot be
    typeset is shown as its source in a fixed-width font (`error` is then true).
    """

    def __init__(self, latex: str, size: float) -> None:
        self.latex, self.size = latex, size
        self._typeset = typeset(latex)
        if self.error:
            metrics = QFontMetricsF(_source_font(size))
            self.width, self.height = metrics.horizontalAdvance(latex), metrics.height()
            self.baseline = metrics.ascent()
        else:
            self.width, self.height = self._typeset.width * size, self._typeset.height * size
            self.baseline = self._typeset.baseline * size

    @property
    def error(self) -> bool:
        """Whether the LaTeX could not be understood, so that its source is shown instead."""
        return self._typeset.svg is None

    @property
    def text(self) -> str:
        """A reading on one line, for accessible names and tool tips."""
        return self._typeset.text

    def paint(self, painter: QPainter, x: float, baseline: float) -> None:
        """Paint with the left edge at x and the base line at this height, in the painter's coordinates."""
        if self.error:
            painter.setFont(_source_font(self.size))
            painter.setPen(themes.current().text)
            painter.drawText(QPointF(x, baseline), self.latex)
            return
        renderer = _renderer(self._typeset, themes.current().name)
        renderer.render(painter, QRectF(x, baseline - self.baseline, self.width, self.height))


def prewarm(formulas: Iterable[str], parent: QObject) -> QTimer:
    """Typeset formulas ahead of need, one each time the event loop has nothing else to do.

    Each is asked for when its turn comes. The timer belongs to `parent` and stops by itself after the last one.
    """
    timer = one_by_one(parent, (partial(typeset, formula) for formula in formulas))
    if typesetter().away:
        timer.stop()
        typesetter().when_here(timer, lambda: timer.start(0))
    return timer


@lru_cache(maxsize=256)
def _renderer(formula: Typeset, theme_name: str) -> QSvgRenderer:
    theme = themes.LIGHT if theme_name == "light" else themes.DARK

    names = {"muted": theme.muted.name(), INK: theme.text.name()}
    names |= {name: theme.role(name).text.name() for name in get_args(RoleName)}

    def colour(match: re.Match[str]) -> str:
        return f'{match[1]}="{names[match[2]]}"'

    assert formula.svg is not None
    svg = re.sub(rf'(fill|stroke)="({"|".join(ROLES)})"', colour, formula.svg)
    return QSvgRenderer(QByteArray(svg.encode()))


def _source_font(size: float) -> QFont:
    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
    font.setPixelSize(max(1, round(size * 0.8)))
    return font
