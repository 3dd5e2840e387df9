"""View of an account over time: one bar for each step, which fills once the backward pass has been there."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QHelpEvent, QKeyEvent, QMouseEvent, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from explorer.language import tr
from explorer.session.equations.ledger import Ledger
from explorer.session.stepping import not_yet
from explorer.ui.look import theme as themes
from explorer.ui.look.text_size import own_rect, painter_on, pointer_at, scaled, sized
from explorer.ui.parts.scales import nice_spacing
from explorer.ui.typography.numbers import figures
from explorer.ui.typography.text import paint_text

HEIGHT = 92
LABELS = 16.0
WIDEST = 30.0


class LedgerBars(QWidget):
    """Bars over t: filled where the step's contribution exists at the cursor. A click, or ← and →, chooses one."""

    chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._account: Ledger | None = None
        self._cursor = 0
        self._top = 1.0
        self.step: int | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(tr("What the gradient adds up, by norm"))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        scaled(self.setFixedHeight, HEIGHT)

    def set_account(self, account: Ledger) -> None:
        """Show the account of another parameter."""
        self._account = account
        finite = account.norms[np.isfinite(account.norms)]
        self._top = float(finite.max(initial=0.0)) or 1.0
        self.update()

    def set_cursor(self, cursor: int) -> None:
        """Fill the bars of what has been computed at this cursor."""
        if cursor != self._cursor:
            self._cursor = cursor
            self.update()

    def choose(self, step: int | None) -> None:
        """Mark a step, or none."""
        self.step = step
        self.update()

    def sizeHint(self) -> QSize:
        return sized(240, HEIGHT)

    def bar_rect(self, t: int) -> QRectF:
        """The column of step t."""
        assert self._account is not None
        pitch = own_rect(self).width() / len(self._account.norms)
        return QRectF((t - 1) * pitch, 0, pitch, own_rect(self).height())

    def numbered(self) -> dict[int, float]:
        """The steps whose numbers are written below their bars, round ones where not all have room, and where."""
        assert self._account is not None
        T, width = len(self._account.norms), own_rect(self).width()
        half = {t: 4.0 * len(str(t)) + 2 for t in range(1, T + 1)}
        every = max(1, round(nice_spacing(T, width / (2 * half[T] + 8))))
        steps = [t for t in half if t == 1 or t % every == 0]
        return {t: min(max(self.bar_rect(t).center().x(), half[t]), width - half[t]) for t in steps}

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._account is None:
            return
        theme = themes.current()
        painter = painter_on(self)
        T = len(self._account.norms)
        pitch = own_rect(self).width() / T
        width = min(WIDEST, max(1.0, 0.72 * pitch))
        floor = own_rect(self).height() - LABELS - 2
        computed, used = self._account.computed(self._cursor), self._account.used
        newest = self._newest(computed)
        painter.setPen(QPen(theme.strong_border, 1))
        painter.drawLine(QPointF(0, floor + 0.5), QPointF(own_rect(self).width(), floor + 0.5))
        for t in range(1, T + 1):
            column = self.bar_rect(t)
            if t == self.step:
                painter.fillRect(column.adjusted(1, 0, -1, -LABELS), theme.backward.soft)
            if not used[t - 1]:
                continue
            left = column.center().x() - width / 2
            if computed[t - 1]:
                norm = float(self._account.norms[t - 1])
                share = norm / self._top if np.isfinite(norm) else 1.0
                high = max(1.5, share * (floor - 6))
                colour = theme.backward.text if t in (self.step, newest) else theme.backward.line
                painter.fillRect(QRectF(left, floor - high, width, high), colour)
            else:
                painter.fillRect(QRectF(left, floor - 2, width, 2), theme.border)
        for t, middle in self.numbered().items():
            label = QRectF(middle - 20, floor + 2, 40, LABELS)
            ink = theme.backward.text if t in (newest, self.step) else theme.muted
            paint_text(painter, label, str(t), 11, ink)
        if self.hasFocus():
            painter.setPen(QPen(theme.forward.line, 1))
            painter.drawRect(own_rect(self).adjusted(0, 0, -1, -1))

    def _newest(self, computed: NDArray[np.bool_]) -> int | None:
        """The step whose contribution came with the event just done."""
        assert self._account is not None
        found = np.flatnonzero(computed & (self._account.ready == self._cursor))
        return int(found[-1]) + 1 if found.size else None

    def _step_at(self, x: float) -> int | None:
        if self._account is None:
            return None
        return min(int(x / own_rect(self).width() * len(self._account.norms)), len(self._account.norms) - 1) + 1

    def mousePressEvent(self, event: QMouseEvent) -> None:
        step = self._step_at(pointer_at(event).x())
        if step is not None and event.button() == Qt.MouseButton.LeftButton:
            self.chosen.emit(step)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        way = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if way is None or self._account is None:
            super().keyPressEvent(event)
            return
        T = len(self._account.norms)
        self.chosen.emit(min(max((self.step or (T + 1 if way < 0 else 0)) + way, 1), T))

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip and self._account is not None:
            step = self._step_at(pointer_at(event).x()) or 1
            text = tr("Step {step} does not use {account}.", step=step, account=self._account.name)
            if self._account.used[step - 1]:
                text = tr("Step {step}: norm {norms}", step=step, norms=figures(self._account.norms[step - 1], 6))
                if not self._account.computed(self._cursor)[step - 1]:
                    text = tr("Step {step}: {not_yet}", step=step, not_yet=not_yet(int(self._account.ready[step - 1])))
            QToolTip.showText(event.globalPos(), text, self)
            return True
        return super().event(event)
