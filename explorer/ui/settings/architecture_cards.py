"""View of the architectures: one card each, with its folded graph in little; clicking one chooses it."""

from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QSizePolicy, QVBoxLayout, QWidget

from explorer.architectures import architectures
from explorer.graph.architecture import Architecture
from explorer.graph.declaration import FedBack, Ref, terms_of
from explorer.ui.look import fonts, theme
from explorer.ui.parts.widgets import tight

HIGH, LOW = 52, 34
"""Heights of a card, in px: with two lines, and with one where the window is low."""
RADIUS = 4.5
GAP, LOW_GAP = 15.0, 10.5
_TOP, _MIDDLE, _BOTTOM = Qt.AlignmentFlag.AlignTop, Qt.AlignmentFlag.AlignVCenter, Qt.AlignmentFlag.AlignBottom
_RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight


class ArchitectureCard(QAbstractButton):
    """One architecture: thumbnail, title, what it is, its figure in the book."""

    def __init__(self, architecture: Architecture, key: int) -> None:
        super().__init__()
        self.architecture = architecture
        self.low = False
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(_joined(", ", architecture.title, architecture.cited))
        place = _joined(" · ", architecture.cited, f"key {key}")
        self.setToolTip(f"<p>{architecture.lesson}</p><p>{place[:1].upper()}{place[1:]}</p>")

    def sizeHint(self) -> QSize:
        return QSize(196, LOW if self.low else HIGH)

    def set_low(self, low: bool) -> None:
        """Leave out what the architecture is, for which there is the tool tip."""
        self.low = low
        self.updateGeometry()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        chosen = self.isChecked()
        focused = self.hasFocus()
        edge = look.forward.line if chosen or focused else look.strong_border if self.underMouse() else look.border
        painter.setPen(QPen(edge, 3 if chosen and focused else 2 if chosen or focused else 1))
        painter.setBrush(look.forward.soft if chosen else look.surface)
        painter.drawRoundedRect(box, theme.RADIUS, theme.RADIUS)
        gap = LOW_GAP if self.low else GAP
        place = QPointF(box.left() + 24, box.center().y())
        paint_thumbnail(painter, place, self.architecture, look.text, look.surface, gap)
        text = box.adjusted(46, 0, -6, 0) if self.low else box.adjusted(50, 7, -6, -7)
        painter.setPen(look.text)
        painter.setFont(fonts.ui_font(theme.TEXT_SIZE, 600))
        painter.drawText(text, _MIDDLE if self.low else _TOP, self.architecture.title)
        title = painter.fontMetrics().horizontalAdvance(self.architecture.title) + 4
        painter.setPen(look.muted)
        painter.setFont(fonts.ui_font(theme.SMALL_SIZE))
        if self.low:
            painter.drawText(text, _RIGHT, self._fitting(("", self.architecture.cited), text.width() - title, painter))
        else:
            parts = self.architecture.subtitle, self.architecture.cited
            painter.drawText(text, _BOTTOM, self._fitting(parts, text.width(), painter))

    def _fitting(self, parts: tuple[str, str], room: float, painter: QPainter) -> str:
        """Both parts, or the first alone where there is no room for both."""
        both = _joined(" · ", *parts)
        return both if painter.fontMetrics().horizontalAdvance(both) <= room else parts[0]


def _joined(separator: str, *parts: str) -> str:
    """The parts that there are; an architecture may have no figure in the book."""
    return separator.join(part for part in parts if part)


def paint_thumbnail(
    painter: QPainter, centre: QPointF, architecture: Architecture, ink: QColor, paper: QColor, gap: float = GAP
) -> None:
    """The folded graph in little, from the declaration: input, state and logits, and where the recurrence runs."""
    rows = [name for name in (*architecture.inputs, architecture.state, architecture.logits) if name is not None]
    low = centre.y() + (len(rows) - 1) / 2 * gap
    points = {name: QPointF(centre.x(), low - i * gap) for i, name in enumerate(rows)}
    painter.setPen(QPen(ink, 1.2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for lower, upper in pairwise(points.values()):
        painter.drawLine(lower - QPointF(0, RADIUS), upper + QPointF(0, RADIUS))
    for start, side in _recurrences(architecture):
        _loop(painter, points[start], points[architecture.state], side, ink)
    for name, point in points.items():
        last_only = architecture.node(name).last_only
        painter.setPen(QPen(ink, 1.2, Qt.PenStyle.DotLine if last_only else Qt.PenStyle.SolidLine))
        painter.setBrush(paper)
        painter.drawEllipse(point, RADIUS, RADIUS)


def _recurrences(architecture: Architecture) -> list[tuple[str, int]]:
    """Whether lagged edges come from the logits or a state, and the side of the thumbnail their loop takes."""
    found: list[tuple[str, int]] = []
    for _, term in terms_of(architecture.nodes):
        for source in term.sources:
            if isinstance(source, FedBack) and architecture.logits is not None:
                found.append((architecture.logits, 1))
            elif isinstance(source, Ref) and source.lag:
                found.append((architecture.state, -1 if architecture.takes_feedback else 1))
    return list(dict.fromkeys(found))


def _loop(painter: QPainter, start: QPointF, end: QPointF, side: int, ink: QColor) -> None:
    out = QPointF(side * 15, 0)
    rise = QPointF(0, -3.5 if start == end else 0)
    path = QPainterPath(start + QPointF(side * RADIUS, 0) + rise)
    path.cubicTo(start + out + rise, end + out - rise, end + QPointF(side * RADIUS, 0) - rise)
    painter.drawPath(path)
    middle = path.pointAtPercent(0.5)
    painter.fillRect(QRectF(middle.x() - 2.4, middle.y() - 2.4, 4.8, 4.8), ink)


class ArchitectureCards(QWidget):
    """All cards, one of them chosen; arrow keys move between them."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        column = tight(QVBoxLayout(self), 6)
        self._column = column
        self._group = QButtonGroup(self)
        self.cards: dict[str, ArchitectureCard] = {}
        for key, architecture in enumerate(architectures().values(), 1):
            card = self.cards[architecture.id] = ArchitectureCard(architecture, key)
            card.clicked.connect(lambda _=False, id=architecture.id: self.chosen.emit(id))
            self._group.addButton(card)
            column.addWidget(card)

    def set_chosen(self, id: str) -> None:
        """Mark the architecture that is shown."""
        self.cards[id].setChecked(True)

    def set_low(self, low: bool) -> None:
        """Take less height."""
        self._column.setSpacing(4 if low else 6)
        for card in self.cards.values():
            card.set_low(low)
