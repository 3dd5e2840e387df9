"""Give each run its colour, say what solid, dashed and faint lines mean, and paint the lines of one run as a sample."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from explorer.graph.feedback import get_feedback
from explorer.graph.own_signal import OWN_SIGNALS
from explorer.language import tr
from explorer.session.runs.runs import RunRecord
from explorer.ui.look import theme as themes
from explorer.ui.look.fonts import ui_font
from explorer.ui.look.text_size import painter_on, scaled
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


class StyleKey(QWidget):
    """What solid, dashed and faint lines mean."""

    def __init__(self) -> None:
        super().__init__()
        self.twofold, self._narrow, self._low = True, False, False
        self.own_output = ""
        self.set_narrow(False)

    def set_narrow(self, narrow: bool, low: bool = False) -> None:
        """Stand in one column, or in two; in one that is `low`, mini-batches give their line to the runs."""
        self._narrow, self._low = narrow, narrow and low
        self._fit()

    def set_twofold(self, twofold: bool) -> None:
        """Whether the two ways of judging differ."""
        self.twofold = twofold
        self._fit()

    def _fit(self) -> None:
        scaled(self.setFixedHeight, 16 * (1 + self.twofold + (not self._low)) if self._narrow else 34)
        self.update()

    def set_own_output(self, words: str) -> None:
        """What a network judged on its own output is fed, in a word or two; "" if runs in view differ in it."""
        self.own_output = words
        self.setToolTip(
            tr("All runs are judged alike: fed the targets, and fed their own {words}", words=words or tr("output"))
        )
        self.setAccessibleName(self.toolTip())
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = themes.current()
        painter = painter_on(self, smooth=True)
        painter.setFont(ui_font(11))
        solid, dashed = Qt.PenStyle.SolidLine, Qt.PenStyle.CustomDashLine
        entries = [(8, 8, tr("fed targets") if self.twofold else tr("judged"), 1.9, solid)]
        if not self._low:
            place = (8, 40 if self.twofold else 24) if self._narrow else (108, 8)
            entries.append((*place, tr("mini-batches"), 1.0, solid))
        if self.twofold:
            entries.append(
                (8, 24, tr("fed its own {own_output}", own_output=self.own_output or tr("output")), 1.9, dashed)
            )
        for x, y, text, width, style in entries:
            pen = QPen(theme.muted if width > 1 else faded(theme.muted, 0.5), width)
            if style is dashed:
                pen.setDashPattern([3, 2])
            painter.setPen(pen)
            painter.drawLine(x, y, x + 16, y)
            painter.setPen(theme.muted)
            painter.drawText(QRectF(x + 20, y - 8, 120, 16), Qt.AlignmentFlag.AlignVCenter, text)


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
