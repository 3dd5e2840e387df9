"""Offer in the caption what comes next, and let one button of the window be the one to press."""

from typing import TYPE_CHECKING

from explorer.session.view.offers import GO_ON, offered
from explorer.ui.parts.widgets import restyle

if TYPE_CHECKING:
    from explorer.ui.window.main_window import MainWindow


class Offering:
    """`show` offers it; at the start that is the thing to press, not Run, until there are runs or a story asks.

    A page of a lesson says itself what to do, so beside one nothing is offered.
    """

    def __init__(self, window: "MainWindow") -> None:
        self._window = window
        window.caption.go_on_asked.connect(self._take)

    def show(self) -> None:
        """Offer what comes next where the stepper stands."""
        session, caption, training = self._window.session, self._window.caption, self._window.training
        page = self._window.teaching.page
        offer = offered(session.shown, session.view) if page is None else None
        begins = offer is not None and session.cursor == 0 and not training.book.current and training.story.isHidden()
        restyle(caption.go_on, "role", "primary" if begins or offer is GO_ON else "")
        if offer is not None:
            caption.offer(offer.words, offer.tip)
        caption.go_on.setVisible(offer is not None)
        caption.update()
        runs = not begins if page is None else "run" in page.highlight and not self._window.teaching.course.finished
        restyle(training.controls.run_button, "role", "primary" if runs else "")

    def _take(self) -> None:
        offer = offered(self._window.session.shown, self._window.session.view)
        if offer is not None:
            self._window.perform(offer.command, **offer.arguments)
