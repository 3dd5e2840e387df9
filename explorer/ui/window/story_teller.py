"""Set the window up for a story about training, and say what there is to see in it."""

from typing import TYPE_CHECKING

from explorer.session.runs.stories import Story

if TYPE_CHECKING:
    from explorer.ui.window.main_window import MainWindow


def tell(window: "MainWindow", story: Story) -> None:
    """Show the story's network and task, plan its training, and say what to look for; pressing Run is left to do."""
    if not window.do(lambda: window.session.change(**story.document, plan=story.plan)):
        return
    panel = window.training
    panel.reset()
    panel.set_folded(False)
    panel.notice.say(story.told, stays=True)
