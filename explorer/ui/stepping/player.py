"""Let time run: ask for one step after another, as fast as is chosen."""

from PySide6.QtCore import QObject, QTimer, Signal

EVENTS_A_SECOND = 2.0
"""How fast steps follow one another at speed 1×."""


class Player(QObject):
    """`stepped` asks for the next step; `playing_changed` tells that it has begun or ended."""

    stepped = Signal()
    playing_changed = Signal(bool)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.stepped)
        self.set_speed(1.0)

    @property
    def playing(self) -> bool:
        return self._timer.isActive()

    def set_speed(self, speed: float) -> None:
        """Play at a multiple of the usual speed."""
        interval = round(1000 / (EVENTS_A_SECOND * speed))
        if interval != self._timer.interval():  # else a step under way would begin to wait anew
            self._timer.setInterval(interval)

    def play(self, on: bool) -> None:
        """Begin, or stop where it is."""
        if on != self.playing:
            (self._timer.start if on else self._timer.stop)()
            self.playing_changed.emit(on)
