"""Find a place for a card beside what it is about: `beside`, never over it as long as there is room."""

from PySide6.QtCore import QPoint, QRect, QSize

GAP = 8
"""Distance in px between the two."""


def beside(thing: QRect, size: QSize, within: QRect) -> QPoint:
    """Where the top left corner of a card of this size goes: right of a thing, left, below, or above it.

    It stays within a rectangle. Where none of the four has room for all of it, it stands on the side that has most.
    """
    width, height = size.width(), size.height()
    middle = kept_within(within, thing.center() - QPoint(width // 2, height // 2), size)
    x, y = middle.x(), middle.y()
    right, below = thing.right() + 1 + GAP, thing.bottom() + 1 + GAP
    places = {
        QPoint(right, y): within.right() + 1 - right - width,
        QPoint(thing.left() - GAP - width, y): thing.left() - GAP - within.left() - width,
        QPoint(x, below): within.bottom() + 1 - below - height,
        QPoint(x, thing.top() - GAP - height): thing.top() - GAP - within.top() - height,
    }
    best = next((place for place, spare in places.items() if spare >= 0), max(places, key=places.__getitem__))
    return kept_within(within, best, size)


def kept_within(within: QRect, corner: QPoint, size: QSize) -> QPoint:
    """Where the top left corner of something of this size goes to stay within a rectangle, near where it would be."""
    x = min(corner.x(), within.right() + 1 - size.width())
    y = min(corner.y(), within.bottom() + 1 - size.height())
    return QPoint(max(within.left(), x), max(within.top(), y))
