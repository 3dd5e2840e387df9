"""Go with the arrows from place to place, whatever is drawn there: `ahead` finds the next in a direction."""

from collections.abc import Sequence
from typing import Literal

from PySide6.QtCore import QPointF, QRectF, Qt

Way = Literal["left", "right", "up", "down"]
WAYS: dict[Way, QPointF] = {
    "left": QPointF(-1, 0),
    "right": QPointF(1, 0),
    "up": QPointF(0, -1),
    "down": QPointF(0, 1),
}
ARROWS = {Qt.Key.Key_Up: (-1, 0), Qt.Key.Key_Down: (1, 0), Qt.Key.Key_Left: (0, -1), Qt.Key.Key_Right: (0, 1)}
"""How many rows and columns an arrow goes on, where places are in a table."""
ASIDE = 2.0
"""How much further away a place seems for each pixel that it stands aside of the way."""


def ahead(places: Sequence[QRectF], here: QRectF, way: Way) -> int | None:
    """Which place is nearest in a direction, those straight ahead before those aside; None if there is none."""
    found = [(far, n) for n, place in enumerate(places) if (far := _far(here, place, way)) is not None]
    return min(found)[1] if found else None


def _far(here: QRectF, there: QRectF, way: Way) -> float | None:
    """How far away a place seems in a direction; None if it is not in that direction."""
    off, to = there.center() - here.center(), WAYS[way]
    along, aside = off.x() * to.x() + off.y() * to.y(), abs(off.x() * to.y()) + abs(off.y() * to.x())
    return along + ASIDE * aside if along > 1.0 and aside <= ASIDE * along else None
