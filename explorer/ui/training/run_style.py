"""Give each run its colour, and paint its lines as a sample of how the plots draw them."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from explorer.graph.feedback import get_feedback
from explorer.graph.own_signal import OWN_SIGNALS
from explorer.session.runs.runs import RunRecord
from explorer.ui.look.theme import Theme, faded

_SHADES = (0.0, 0.45, 0.9, 0.25)
"""How far towards the text's colour the first four shades go: towards the ground's they would be too pale."""
_DARKER = {"light": 0.45, "dark": 0.3}
"""How much darker the colour between green and blue is made: some eyes see all three as one."""


def run_colour(record: RunRecord, theme: Theme) -> QColor:
    """Green for targets, blue for the network's own output, darker between them for a mix, slate for nothing."""
    if record.colour is not None:
        return QColor(record.colour)
    if record.settings.feedback is None:
        return shaded(theme.parameter.line, record.shade, theme)
    feedback = get_feedback(record.settings.feedback)
    if feedback.own is None:
        return shaded(theme.target.line, record.shade, theme)
    line = theme.forward.line
    if feedback.mixed:
        line = blend(blend(theme.target.line, line, 0.5), QColor("black"), _DARKER[theme.name])
    return shaded(line, record.shade + list(OWN_SIGNALS).index(feedback.own), theme)


def shaded(colour: QColor, shade: int, theme: Theme) -> QColor:
    """The colour itself as shade 0, and three more that can be told from it; then they repeat."""
    share = _SHADES[shade % len(_SHADES)]
    return blend(colour, theme.text, share)


def blend(one: QColor, other: QColor, share: float) -> QColor:
    """A colour between two; `share` of the other."""
    parts = ((one.red(), other.red()), (one.green(), other.green()), (one.blue(), other.blue()))
    return QColor(*(round(a + (b - a) * share) for a, b in parts))


def paint_swatch(painter: QPainter, rect: QRectF, colour: QColor, twofold: bool, shown: bool) -> None:
    """The two lines of a run as the plots draw them; a hidden one is an outline."""
    painter.save()
    middle, left, right = rect.center().y(), rect.left(), rect.right()
    if not shown:
        painter.setPen(QPen(colour, 1.2))
        painter.drawEllipse(rect.center(), 4, 4)
        painter.restore()
        return
    offset = 4.0 if twofold else 0.0
    if twofold:
        painter.fillRect(QRectF(left, middle - offset, rect.width(), 2 * offset), faded(colour, 0.14))
    painter.setPen(QPen(colour, 2))
    painter.drawLine(QPointF(left, middle + offset), QPointF(right, middle + offset))
    if twofold:
        pen = QPen(colour, 2)
        pen.setDashPattern([2.6, 1.8])
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        painter.setPen(pen)
        painter.drawLine(QPointF(left, middle - offset), QPointF(right, middle - offset))
    painter.restore()
