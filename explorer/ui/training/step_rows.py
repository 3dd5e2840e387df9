"""Rows over the steps of an example: the pointer and the keys tell of a step, and a click puts a wrong output there."""

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QWidget

from explorer.session.runs.examples import Followed
from explorer.ui.look.text_size import own_rect, pointer_at
from explorer.ui.parts.key_pointer import KeyPointer


class StepRows(QWidget):
    """`injected` carries the step after which a wrong output is to be fed back, or None for no more.

    A subclass has the width of a step, `pitch`, and says in `tip` what there is at one.
    """

    injected = Signal(object)

    def __init__(self, left: float) -> None:
        super().__init__()
        self.setMouseTracking(True)
        self._left = left
        """Room, in px, before the first step."""
        self._shown: Followed | None = None
        KeyPointer(self, self._steps)

    @property
    def pitch(self) -> float:
        """The distance, in px, from one step to the next."""
        raise NotImplementedError

    def tip(self, step: int) -> str:
        """What there is at a step, counted from 1."""
        raise NotImplementedError

    def _steps(self) -> list[QRectF]:
        """Where each step stands."""
        steps = range(len(self._shown.inputs) if self._shown is not None else 0)
        high = own_rect(self).height() - 8
        return [QRectF(self._left + step * self.pitch, 4, self.pitch - 2, high) for step in steps]

    def _step_at(self, position: QPointF) -> int | None:
        """The step, counted from 1, at a place of the widget."""
        if self._shown is None or position.x() < self._left:
            return None
        step = int((position.x() - self._left) / self.pitch) + 1
        return step if step <= len(self._shown.inputs) else None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        step = self._step_at(pointer_at(event))
        self.setToolTip(self.tip(step) if step else "")

    def mousePressEvent(self, event: QMouseEvent) -> None:
        step = self._step_at(pointer_at(event))
        if event.button() == Qt.MouseButton.LeftButton and self._shown is not None and self._shown.drift is not None:
            again = self._shown.injected is not None and self._shown.injected[0] == step
            self.injected.emit(None if again else step)
