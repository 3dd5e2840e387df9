"""Find a place for a card beside what it is about: `beside`, never over it as long as there is room."""

from PySide6.QtCore import QPoint, QRect, QSize

GAP = 8
"""Distance in px between the two."""


def beside(thing: QRect, size: QSize, within: QRect) -> QPoint:
    """Where the top left corner of a card of this size goes: right of a thing, left, below, or above it.

    It stays within a rectangle. Where none of the four has room for all of it, it stands on the side that has most.
    """
    width, height = size.width(), size.height()
    x = min(max(thing.center().x() - width // 2, within.left()), within.right() + 1 - width)
    y = min(max(thing.center().y() - height // 2, within.top()), within.bottom() + 1 - height)
    x, y = max(x, within.left()), max(y, within.top())
    right, below = thing.right() + 1 + GAP, thing.bottom() + 1 + GAP
    places = {
        QPoint(right, y): within.right() + 1 - right - width,
        QPoint(thing.left() - GAP - width, y): thing.left() - GAP - within.left() - width,
        QPoint(x, below): within.bottom() + 1 - below - height,
        QPoint(x, thing.top() - GAP - height): thing.top() - GAP - within.top() - height,
    }
    best = next((place for place, spare in places.items() if spare >= 0), max(places, key=places.__getitem__))
    left, top = within.right() + 1 - width, within.bottom() + 1 - height
    return QPoint(max(within.left(), min(best.x(), left)), max(within.top(), min(best.y(), top)))
