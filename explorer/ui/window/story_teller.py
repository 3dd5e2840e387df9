"""Set the window up for a story about training: a question before its runs, numbers after them, and the way back."""

from typing import TYPE_CHECKING

from msgspec import Struct

from explorer.language import tr
from explorer.session.runs.runs import Stage
from explorer.session.runs.stories import Story
from explorer.session.state import State
from explorer.session.viewing import View

if TYPE_CHECKING:
    from explorer.ui.window.main_window import MainWindow

END = tr("End the story: back to what was there before it")
ENDED = tr("This is as it was before the story; Undo brings the story back.")


LOOKED = "cursor", "selection", "card", "example", "training"
"""What of the view is as it was once the story is at its end."""


class _Before(Struct, frozen=True):
    """Where the learner was before the first of the stories."""

    state: State
    view: View


class StoryTeller:
    """Tells one story after another; closing the sentence of the last leads back to before the first."""

    def __init__(self, window: "MainWindow") -> None:
        self._window, self._session = window, window.session
        self._before: _Before | None = None
        self._told: Story | None = None
        window.training.trainer.changed.connect(self._say_found)

    @property
    def waits(self) -> bool:
        """Whether a question has been asked that a run is to answer."""
        panel = self._window.training
        return self._told is not None and not panel.story.isHidden() and not panel.book.current

    def tell(self, story: Story) -> None:
        """Show the story's network and task from their first event, plan its training, and ask its question.

        Pressing Run is left to do.
        """
        session, panel = self._session, self._window.training
        before = _Before(session.state, session.view)

        def begin() -> None:
            session.change(**story.document, plan=story.plan)
            session.look(cursor=0, selection=None, path=None, card=story.card, example=0, training=True)

        if not self._window.do(begin):
            return
        if self._before is None or self._before.state.opened != session.opened:
            self._before = before
        panel.running.reset()
        panel.set_folded(False)
        self._told = story
        panel.story.say(story.asked, closing=(END, self._end))
        self._window.offering.show()  # now it is Run that is to be pressed

    def _say_found(self) -> None:
        """Once the runs are at their end, say what was measured, in place of the question."""
        panel, story = self._window.training, self._told
        current = panel.book.current
        if story is None or panel.story.isHidden() or not current:
            return
        finished = all(record.stage is Stage.FINISHED for record in current)
        if finished and story.is_of(panel.problem, panel.plan):  # what was measured is not said of other settings
            panel.story.say(story.told, closing=(END, self._end))

    def _end(self) -> None:
        """Go back to where the learner was, unless another document has been opened since."""
        before, self._before, session = self._before, None, self._session
        if before is None or before.state.opened != session.opened or before.state == session.state:
            return

        def back() -> None:
            session.return_to(before.state)
            session.look(**{name: getattr(before.view, name) for name in LOOKED})

        if self._window.do(back):
            self._window.status.say(ENDED)
