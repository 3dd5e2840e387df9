"""Train in slow motion: one iteration after another is told in the graph, event by event, as the stepper plays.

Run makes an update and plays it from its first event to its last; then comes the next, until Pause.
"""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer

from explorer.language import tr
from explorer.session.following import follow, followed, tell, telling
from explorer.session.runs.runs import RunRecord, Stage
from explorer.training.messages import Told
from explorer.training.truncation import can_be_told

if TYPE_CHECKING:
    from explorer.ui.window.main_window import MainWindow

LAST_SEEN_MS = 1500
"""How long the loss after an update stands before the next iteration, at the usual speed of the stepper."""
NOT_TOLD = tr(
    "An update made of no gradient, or of one truncated in windows that overlap, is not told event by event: one was "
    "made as it is."
)


class SlowMotion(QObject):
    """Asks the trainer for an update, shows it, and plays it."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window, self._session = window, window.session
        self._trainer = window.training.trainer
        self._next = QTimer(self, singleShot=True)
        self._next.timeout.connect(self._go_on)
        self._asked: RunRecord | None = None
        """The run of which an update is to come."""
        window.training.running.slow_asked.connect(self._run)
        self._trainer.told.connect(self._tell)
        self._trainer.changed.connect(self._check_asked)
        # Another pace is told of while the window shows it.
        self._trainer.slow_changed.connect(self._change, Qt.ConnectionType.QueuedConnection)
        window.player.stepped.connect(self._check)
        window.player.playing_changed.connect(self._played)

    @property
    def _done(self) -> bool:
        return self._session.cursor == len(self._session.shown.events)

    def _run(self) -> None:
        """Begin, wait, or go on: what the button says."""
        if self._trainer.telling:
            self._wait()
            return
        self._window.play(False)  # what is played now is not what is to be told
        self._trainer.set_telling(True)
        if telling(self._session) and not self._done:
            self._window.play(True)
        else:
            self._ask()

    def _wait(self) -> None:
        """Stay at this event."""
        self._next.stop()
        self._asked = None
        self._trainer.set_telling(False)
        self._window.play(False)

    def _ask(self) -> None:
        """Ask for the next update, and follow a run that makes it; why none can be made the training panel says."""
        session, training = self._session, self._window.training
        training.running.step()
        made = [record for record in self._trainer.book.shown if record.stage is Stage.TRAINING]
        if not all(can_be_told(record.settings) for record in self._trainer.book.current):
            self._window.status.say(NOT_TOLD)
            self._wait()
        elif not made:
            self._wait()
        else:
            session.look(follow=True)
            if followed(session) not in made:
                training.choose(made[0].id)
            self._asked = followed(session)

    def _tell(self, record: RunRecord, told: Told) -> None:
        """Show an update from its beginning, if it is one of the run that the graph follows."""
        if record is followed(self._session) and self._session.view.follow:
            self._asked = None
            tell(self._session, record, told)
            self._window.show_phases()
            self._window.show_weights()
            self._window.play(self._trainer.telling)

    def _go_on(self) -> None:
        """Ask for the next update, unless something else is looked at or trained meanwhile."""
        self._check()
        if self._trainer.telling:
            self._ask()

    def _check_asked(self) -> None:
        """Stop where the update that was asked for does not come, since with it the run broke."""
        if self._trainer.telling and self._asked is not None and self._asked.stage is Stage.DIVERGED:
            self._wait()

    def _check(self) -> None:
        """Stop where something else is looked at meanwhile."""
        if self._trainer.telling and not telling(self._session):
            self._wait()

    def _played(self, playing: bool) -> None:
        """After the last event comes the next update; where playing was stopped before, that waits too."""
        if playing or not self._trainer.telling:
            return
        if telling(self._session) and self._done and self._trainer.book.training:
            self._next.start(round(LAST_SEEN_MS / self._session.view.speed))
        else:
            self._wait()

    def _change(self, went_on: bool) -> None:
        """Go on in slow motion; or show the newest weights, and go on at the pace that has been chosen."""
        if self._trainer.slow:
            if went_on:
                self._run()
            return
        self._wait()
        if follow(self._session, on=True):
            self._window.show_phases()
            self._window.show_weights()
        if went_on and self._trainer.paused:
            self._trainer.resume()
