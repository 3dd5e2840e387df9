"""Animate the drawing: folding, and values that travel along edges. It carries no state, so it can be turned off."""

from PySide6.QtCore import QEasingCurve, QObject, QVariantAnimation, Signal

FOLD_MS = 900
TRAVEL_MS = 260


class Motion(QObject):
    """Runs two animations and tells where they are; with `enabled` off, both jump to their ends."""

    fold_changed = Signal(float)
    moved = Signal(float)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.enabled = True
        self._fold = QVariantAnimation(self)
        self._fold.setEasingCurve(QEasingCurve.Type.InOutCubic)
        self._fold.valueChanged.connect(lambda value: self.fold_changed.emit(float(value)))
        self._travel = QVariantAnimation(self, startValue=0.0, endValue=1.0, duration=TRAVEL_MS)
        self._travel.setEasingCurve(QEasingCurve.Type.InOutSine)
        self._travel.valueChanged.connect(lambda value: self.moved.emit(float(value)))

    def fold(self, start: float, end: float) -> None:
        """Fold or unfold from here to there."""
        self._fold.stop()
        if not self.enabled:
            self.fold_changed.emit(end)
            return
        self._fold.setStartValue(float(start))
        self._fold.setEndValue(float(end))
        self._fold.setDuration(max(1, round(FOLD_MS * abs(end - start))))
        self._fold.start()

    def stop_fold(self) -> None:
        """Leave the fold where it is: somebody has taken hold of it."""
        self._fold.stop()

    def travel(self) -> None:
        """Send values along the edges of the current event."""
        self._travel.stop()
        if self.enabled:
            self._travel.start()

    def arrive(self) -> None:
        """Let what travels arrive at once."""
        self._travel.stop()
        self.moved.emit(1.0)
