"""View of what solid, dashed and faint lines mean in the plots of runs."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from explorer.language import tr
from explorer.ui.look import theme as themes
from explorer.ui.look.fonts import ui_font
from explorer.ui.look.text_size import painter_on, scaled
from explorer.ui.look.theme import faded


class StyleKey(QWidget):
    """Of runs judged in two ways, `twofold`, the dashed line has an entry of its own."""

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
