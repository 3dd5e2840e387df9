"""Scrub through the events of a trace on a bar that is coloured and labelled by phase."""

from collections.abc import Sequence

from msgspec import Struct
from PySide6.QtCore import QEvent, QPointF, QRectF, QSignalBlocker, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QSlider, QToolTip

from explorer.language import tr
from explorer.ui.look import theme as themes
from explorer.ui.look.fonts import ui_font
from explorer.ui.look.text_size import own_rect, painter_on, pointer_at, sized
from explorer.ui.look.theme import RoleName

_MARGIN = 9.0  # room for half the play head at both ends
_TOP, _THICKNESS = 11.0, 10.0
_APART = 6.0
"""Px between names."""
_LABEL_SIZE = 11


class PhaseSegment(Struct, frozen=True):
    """A phase: events start ≤ i < stop, in the colour of a role."""

    name: str
    start: int
    stop: int
    role: RoleName


class ScrubBar(QSlider):
    """A slider over positions 0 (nothing done) … n (all n events done).

    Mouse: press or drag. Keys: arrows by one event, Page Up and Page Down by phase, Home, End. `valueChanged` tells
    of both; `set_position` is silent.
    """

    def __init__(self) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._segments: tuple[PhaseSegment, ...] = ()
        self._hovered: int | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMouseTracking(True)
        self.setAccessibleName(tr("position in the training step"))
        self.setToolTip(tr("All events of one training step, from the first value to the update: drag to any of them"))
        self.set_segments(())

    def set_segments(self, segments: Sequence[PhaseSegment]) -> None:
        """Show other phases; they follow one another without a gap."""
        self._segments = tuple(segments)
        with QSignalBlocker(self):
            self.setRange(0, self._segments[-1].stop if self._segments else 0)
        self.update()

    def set_position(self, position: int) -> None:
        """Move the play head without a signal; positions outside are taken to the nearest end."""
        with QSignalBlocker(self):
            self.setValue(position)
        self.update()

    def x_of(self, position: int) -> float:
        """Where a position lies on the widget, in px from its left edge."""
        return _MARGIN + self._room() * position / max(1, self.maximum())

    def position_at(self, x: float) -> int:
        """The position nearest to a point, in px from the left edge of the widget."""
        share = min(1.0, max(0.0, (x - _MARGIN) / self._room()))
        return round(share * self.maximum())

    def sizeHint(self) -> QSize:
        return sized(320, 42)

    def minimumSizeHint(self) -> QSize:
        return sized(160, 42)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.setSliderDown(True)
            self.setValue(self.position_at(pointer_at(event).x()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        position = self.position_at(pointer_at(event).x())
        if self.isSliderDown():
            self.setValue(position)
        if position != self._hovered:
            self._hovered = position
            QToolTip.showText(event.globalPosition().toPoint(), self._described(position), self)
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.setSliderDown(False)

    def leaveEvent(self, event: QEvent) -> None:
        self._hovered = None
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        bounds = sorted({0, *(segment.stop for segment in self._segments)})
        if event.key() == Qt.Key.Key_PageDown:
            self.setValue(next((bound for bound in bounds if bound > self.value()), self.maximum()))
        elif event.key() == Qt.Key.Key_PageUp:
            self.setValue(next((bound for bound in reversed(bounds) if bound < self.value()), 0))
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        look = themes.current()
        painter = painter_on(self, smooth=True)
        here = self.x_of(self.value())
        for segment in self._segments:
            self._paint_segment(painter, segment, here)
        self._paint_labels(painter)
        if self._hovered is not None and not self.isSliderDown():
            x = self.x_of(self._hovered)
            painter.setPen(QPen(look.muted, 1))
            painter.drawLine(QPointF(x, _TOP - 3), QPointF(x, _TOP + _THICKNESS + 3))
        painter.setPen(QPen(look.text, 2))
        painter.drawLine(QPointF(here, 6), QPointF(here, _TOP + _THICKNESS + 4))
        themes.draw_with(painter, QPen(look.window, 1.5), look.text)
        painter.drawEllipse(QPointF(here, 6), 5, 5)
        if self.hasFocus():
            themes.draw_with(painter, QPen(look.forward.line, 1.5), None)
            painter.drawRoundedRect(own_rect(self).adjusted(1, 1, -1, -1), 5, 5)

    def _paint_segment(self, painter: QPainter, segment: PhaseSegment, here: float) -> None:
        """What is done in the full colour, what is to come in a pale one."""
        look = themes.current()
        left, right = self.x_of(segment.start) + 0.75, self.x_of(segment.stop) - 0.75
        bar = QRectF(left, _TOP, max(1.0, right - left), _THICKNESS)
        colour = look.role(segment.role).line
        painter.setPen(Qt.PenStyle.NoPen)
        painter.save()
        for clip, opacity in (
            (QRectF(0, 0, here, own_rect(self).height()), 1.0),
            (QRectF(here, 0, own_rect(self).width(), 99), 0.34),
        ):
            painter.setClipRect(clip)
            painter.setOpacity(opacity)
            painter.setBrush(colour)
            painter.drawRoundedRect(bar, 2, 2)
        painter.restore()

    def _paint_labels(self, painter: QPainter) -> None:
        """Names under the bar, each below its phase. Where there is no room, that under the play head wins."""
        look = themes.current()
        font = ui_font(_LABEL_SIZE)
        measure = QFontMetricsF(font)
        painter.setFont(font)
        taken: list[QRectF] = []
        current = self._segment_at(self.value())
        for segment in sorted(self._segments, key=lambda segment: segment is not current):
            width = measure.horizontalAdvance(segment.name)
            left = min(self.x_of(segment.start) + 1, own_rect(self).width() - width - 2)
            starts = [left, *(other.right() + _APART for other in taken if left < other.right() + _APART)]
            places = [QRectF(x, _TOP + _THICKNESS + 4, width, measure.height()) for x in starts]
            free = (
                place
                for place in places
                if (place is places[0] or place.right() <= self.x_of(segment.stop))
                and not any(place.adjusted(1 - _APART, 0, _APART - 1, 0).intersects(other) for other in taken)
            )
            rect = next(free, None)
            if rect is None:
                continue
            taken.append(rect)
            painter.setPen(look.role(segment.role).text if segment is current else look.muted)
            painter.drawText(rect, Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextDontClip, segment.name)

    def _segment_at(self, position: int) -> PhaseSegment | None:
        """The phase of the last event done; that of the first event at the start."""
        done = max(1, position)
        return next((segment for segment in self._segments if segment.start < done <= segment.stop), None)

    def _described(self, position: int) -> str:
        segment = self._segment_at(position)
        if segment is None:
            return ""
        return (
            tr(
                "{segment}: event {position} of {maximum}",
                segment=segment.name,
                position=position,
                maximum=self.maximum(),
            )
            if position
            else tr("start")
        )

    def _room(self) -> float:
        return max(1.0, own_rect(self).width() - 2 * _MARGIN)
