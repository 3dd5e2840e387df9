"""One run in the legend: show, hide, choose and rename it, and read its newest losses."""

from PySide6.QtCore import QEvent, QPoint, QRectF, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QEnterEvent,
    QFont,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QLineEdit, QWidget

from explorer.language import tr
from explorer.session.runs.bundles import Bundle
from explorer.session.runs.names import described
from explorer.session.runs.runs import Measure, Stage
from explorer.ui.look import theme as themes
from explorer.ui.look.fonts import number_font, ui_font
from explorer.ui.look.text_size import own_rect, painter_on, pointer_at, px, rect_on_screen, scaled
from explorer.ui.training.run_style import paint_swatch, run_colour
from explorer.ui.typography.numbers import count, figures

ROW, LINE = 40, 14
"""Heights in px: of a row with a title of one line, and of each further line."""
MOST_LINES = 2
"""Of a title, and of what tells a run apart."""
_SWATCH = QRectF(8, 6, 24, 28)


class RunRow(QWidget):
    """One run: a swatch that shows and hides it, its name, and its losses in both ways of judging.

    These are the newest, or those `at` an iteration that is looked at.
    """

    hovered = Signal(object)
    selected = Signal(int)
    toggled = Signal(int)
    renamed = Signal(int, str)
    menu_asked = Signal(int, QPoint)

    def __init__(self, bundle: Bundle) -> None:
        super().__init__()
        self.bundle, self.chosen, self.lit = bundle, False, False
        self.at: float | None = None
        """The iteration near which losses are read, where the run was judged; None: the newest."""
        self._editor: QLineEdit | None = None
        self._title: list[str] = []
        self._apart: list[str] = []
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setMouseTracking(True)
        self.refresh()

    def refresh(self) -> None:
        """Paint the run as it is now."""
        self.setAccessibleName(f"{self.bundle.name}: {self.spoken()}")
        self.setToolTip(description(self.bundle))
        self._fit()
        self.update()

    def _fit(self) -> None:
        """Be as high as the name needs."""
        room = own_rect(self).width() - 46
        self._title = wrapped(self.bundle.title, QFontMetricsF(ui_font(12, QFont.Weight.Medium)), room)
        self._apart = wrapped(self.bundle.apart, QFontMetricsF(ui_font(11)), room, gap=", ")
        height = ROW + LINE * (len(self._title) - 1 + len(self._apart))
        if self.height() != px(height):
            scaled(self.setFixedHeight, height)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def values(self, digits: int = 3) -> str:
        """The losses, or what became of the run."""
        return " ┆ ".join(self._values(digits))

    def spoken(self) -> str:
        """The same for a screen reader, which sees no line between the two."""
        values, names = self._values(), (tr("fed targets"), tr("fed its own output"))
        if len(values) < len(names):
            return values[0]
        return ", ".join(f"{name} {value}" for name, value in zip(names, values, strict=True))

    def _values(self, digits: int = 3) -> tuple[str, ...]:
        """The losses each, or in one what became of the run."""
        if self.bundle.stage is Stage.DIVERGED and self.at is None:
            count, broken = len(self.bundle.records), [r for r in self.bundle.records if r.stage is Stage.DIVERGED]
            some = tr("{broken} of {count} diverged", broken=len(broken), count=count)
            return (some if len(broken) < count else tr("diverged"),)
        one, other = map(self._loss, (Measure.OPEN_LOSS, Measure.CLOSED_LOSS))
        if one is None or other is None:
            return (tr("not judged yet"),)
        losses = (one, other) if self.bundle.first.takes_feedback else (one,)
        return tuple(figures(loss, digits) for loss in losses)

    def written(self) -> str:
        """The losses with as many digits as there is room for."""
        metrics, room = QFontMetricsF(number_font(11)), own_rect(self).width() - 46
        fitting = (text for text in map(self.values, (3, 2)) if metrics.horizontalAdvance(text) <= room)
        return next(fitting, self.values(1))

    def _loss(self, measure: Measure) -> float | None:
        if self.at is None:
            return self.bundle.latest(measure)
        judged = self.bundle.nearest(measure, self.at)
        return judged and judged[1]

    def rename(self) -> None:
        """Let the name be typed in place."""
        editor = QLineEdit(self.bundle.name, self)
        editor.setGeometry(rect_on_screen(QRectF(34, 4, own_rect(self).width() - 40, 28)))
        editor.editingFinished.connect(self._name_typed)
        editor.show()
        editor.setFocus()
        editor.selectAll()
        self._editor = editor

    def _name_typed(self) -> None:
        editor, self._editor = self._editor, None
        if editor is not None:
            editor.deleteLater()
            if editor.text().strip() and editor.text().strip() != self.bundle.name:
                self.renamed.emit(self.bundle.id, editor.text().strip())

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, shown = themes.current(), self.bundle.first.shown
        painter = painter_on(self, smooth=True)
        if self.chosen or self.lit or self.hasFocus():
            themes.draw_with(
                painter,
                QPen(theme.forward.line, 1) if self.hasFocus() else None,
                theme.sunken if self.chosen else theme.window,
            )
            painter.drawRoundedRect(own_rect(self).adjusted(2.5, 1.5, -2.5, -1.5), 5, 5)
        colour = run_colour(self.bundle.first, theme)
        paint_swatch(painter, _SWATCH, colour if shown else theme.faint, self.bundle.first.takes_feedback, shown)
        text = QRectF(40, 4, own_rect(self).width() - 46, 17)
        painter.setPen(theme.text if shown else theme.muted)
        for lines, font in ((self._title, ui_font(12, QFont.Weight.Medium)), (self._apart, ui_font(11))):
            painter.setFont(font)
            for line in lines:
                painter.drawText(text, Qt.AlignmentFlag.AlignVCenter, line)
                text.translate(0, LINE)
        painter.setPen(theme.backward.text if self.bundle.stage is Stage.DIVERGED else theme.muted)
        painter.setFont(number_font(11))
        painter.drawText(text.translated(0, 2), Qt.AlignmentFlag.AlignVCenter, self.written())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            if pointer_at(event).x() < 36:
                self.toggled.emit(self.bundle.id)
            else:
                self.selected.emit(self.bundle.id)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        event.accept()  # the press was for this row, so its release is nobody else's

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if pointer_at(event).x() >= 36:
            self.rename()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.menu_asked.emit(self.bundle.id, event.globalPos())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if not self.hasFocus():  # passed on by the field in which the name is typed
            if key == Qt.Key.Key_Escape and self._editor is not None:
                self._editor.deleteLater()
                self._editor = None
        elif key == Qt.Key.Key_Space:
            self.toggled.emit(self.bundle.id)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.selected.emit(self.bundle.id)
        elif key == Qt.Key.Key_F2:
            self.rename()
        elif key == Qt.Key.Key_Menu:
            self.menu_asked.emit(self.bundle.id, self.mapToGlobal(QPoint(40, ROW)))
        else:
            super().keyPressEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        self.hovered.emit(self.bundle.id)

    def leaveEvent(self, event: QEvent) -> None:
        self.hovered.emit(None)


STAGES: dict[Stage, str] = {
    Stage.TRAINING: tr("training"),
    Stage.FINISHED: tr("finished"),
    Stage.DIVERGED: tr("diverged"),
    Stage.STOPPED: tr("stopped"),
}


def description(bundle: Bundle) -> str:
    """All that decided a run, for a tool tip."""
    words = described(bundle)
    lines = [bundle.name, *(", ".join(words[at : at + 6]) for at in range(0, len(words), 6))]
    lines.append(tr("iteration {count}, {stages}", count=count(bundle.first.iteration), stages=STAGES[bundle.stage]))
    if bundle.first.takes_feedback:
        lines.append(tr("Losses: fed targets ┆ fed its own output"))
    return "\n".join(lines)


def wrapped(text: str, metrics: QFontMetricsF, room: float, gap: str = " ") -> list[str]:
    """The text in at most MOST_LINES lines, cut at gaps; a line ends in … where it is longer than the room."""
    lines: list[str] = []
    for word in text.split(gap) if text else ():
        if lines and (len(lines) == MOST_LINES or metrics.horizontalAdvance(f"{lines[-1]}{gap}{word}") <= room):
            lines[-1] += f"{gap}{word}"
        else:
            lines.append(word)
    return [metrics.elidedText(line, Qt.TextElideMode.ElideRight, room) for line in lines]
