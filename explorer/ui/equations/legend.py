"""Explain the colours of an equation: a bar for each scale, with its limits and the names of what is painted on it."""

from collections.abc import Iterable

from msgspec import Struct
from PySide6.QtCore import QRectF
from PySide6.QtGui import QFontMetricsF, QPainter

from explorer.ui.equations.array_block import ArrayBlock
from explorer.ui.equations.limits import ColourLimits
from explorer.ui.look import theme as themes
from explorer.ui.look.fonts import ui_font
from explorer.ui.look.theme import MapName
from explorer.ui.parts.cells import paint_legend
from explorer.ui.typography.text import paint_text

BAR, HEIGHT, GAP, INDENT, BETWEEN, TEXT = 80.0, 26.0, 10.0, 6.0, 22.0, 11


class Entry(Struct, frozen=True):
    """One scale and what is painted on it."""

    map: MapName
    limit: float
    names: str

    @property
    def width(self) -> float:
        return BAR + 8 + QFontMetricsF(ui_font(TEXT)).horizontalAdvance(self.names)


def entries_of(blocks: Iterable[ArrayBlock], limits: ColourLimits) -> tuple[Entry, ...]:
    """The scales of the arrays that are shown as colours alone; figures explain themselves."""
    found: dict[tuple[MapName, float], list[str]] = {}
    for block in blocks:
        if not block.expanded and not block.scalar:
            names = found.setdefault((block.map, block.limit), [])
            name = limits.name(block.factor)
            if name not in names:
                names.append(name)
    return tuple(Entry(map, limit, ", ".join(names)) for (map, limit), names in found.items())


def places(entries: tuple[Entry, ...], width: float) -> tuple[QRectF, ...]:
    """Where each bar stands, from the top left: in as many lines as it takes."""
    found: list[QRectF] = []
    x, y = INDENT, 0.0
    for entry in entries:
        if found and x + entry.width > width:
            x, y = INDENT, y + HEIGHT + GAP
        found.append(QRectF(x, y, BAR, HEIGHT))
        x += entry.width + BETWEEN
    return tuple(found)


def height(entries: tuple[Entry, ...], width: float) -> float:
    """How much room the legend needs below the equation."""
    return places(entries, width)[-1].bottom() + GAP if entries else 0.0


def paint(painter: QPainter, entries: tuple[Entry, ...], width: float, top: float) -> None:
    """Paint the legend below `top`."""
    for entry, place in zip(entries, places(entries, width), strict=True):
        bar = place.translated(0, top)
        paint_legend(painter, bar, entry.limit, entry.map)
        side = QRectF(bar.right() + 8, bar.top() - 4, entry.width - BAR, 18)
        paint_text(painter, side, entry.names, TEXT, themes.current().muted, "left")
