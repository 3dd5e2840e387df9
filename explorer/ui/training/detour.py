"""Look at one of the views beside the curves, and be led back to what was there before."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from explorer.ui.training.panel import TrainingPanel


class Detour:
    """`turn` brings a view of the training panel into sight; the next time it takes back what it did for that."""

    def __init__(self, panel: "TrainingPanel", title: str) -> None:
        self._panel, self._title = panel, title
        self._before: tuple[str, bool, bool] | None = None

    def turn(self) -> None:
        """There, or back."""
        panel, choice = self._panel, self._panel.views.choice
        if panel.isHidden() or panel.folded or choice.currentText() != self._title:
            self._before = choice.currentText(), panel.folded, panel.isHidden()
            panel.show()
            panel.set_folded(False)
            choice.setCurrentText(self._title)
        elif self._before is not None:
            title, folded, hidden = self._before
            choice.setCurrentText(title)
            panel.set_folded(folded)
            panel.setHidden(hidden)
