"""The head of the card beside the curves: a tab for each view, what to do there, and which run it is of."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QSizePolicy, QWidget

from explorer.graph.metric import Metric
from explorer.language import tr
from explorer.session.explained import CONTROLS
from explorer.session.view.card_tips import TIPS
from explorer.session.view.cards import CardWords
from explorer.session.viewing import Card
from explorer.ui.look.fonts import ui_font
from explorer.ui.look.text_size import scaled
from explorer.ui.parts.fitting_label import FittingLabel
from explorer.ui.parts.tabs import FittingTabs, Tab
from explorer.ui.parts.widgets import in_column, in_row


def about(id: Card) -> str:
    """What a view shows, in a sentence."""
    if id in TIPS:
        return TIPS[id]
    return CONTROLS[id].says if id in CONTROLS else tr("A view of what was learned; a click turns to it.")


class ViewHead(QWidget):
    """Two lines, whatever it says. `export_asked` asks for a figure of the view."""

    export_asked = Signal()

    def __init__(self, cards: Sequence[CardWords]) -> None:
        super().__init__()
        self._described: dict[str, Tab] = {c.id: Tab(c.id, c.tab, c.title, about(c.id)) for c in cards}
        self.tabs = FittingTabs(tr("Views beside the curves"), tuple(self._described.values()))
        self.tabs.more.setToolTip(tr("Other views, and saving this one as a figure"))
        self.export = QAction(tr("Save this view as a figure …"), self)
        self.export.triggered.connect(self.export_asked)
        self.tabs.more_actions = (self.export,)
        self.hint, self.subject = FittingLabel(), FittingLabel()
        for label in (self.hint, self.subject):
            label.setProperty("role", "muted")
            scaled(label.setFont, ui_font(11))
        self.subject.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self.subject.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        said = in_row(8, (self.hint, 1), self.subject, margins=(2, 0, 2, 0))
        self.hint.setMinimumHeight(self.hint.fontMetrics().height())
        in_column(1, self.tabs, said, on=self)

    @property
    def title(self) -> str:
        """The full name of the view that is chosen."""
        return self._described[self.tabs.chosen].title

    def rename(self, id: str, metric: Metric) -> None:
        """Call a view as what it plots."""
        self._describe(Tab(id, metric.title if metric.share else metric.short, metric.title, metric.meaning))

    def _describe(self, tab: Tab) -> None:
        if tab != self._described[tab.id]:
            self._described[tab.id] = tab
            self.tabs.describe(tab)

    def say(self, subject: str, hints: Sequence[str]) -> None:
        """Name what the view is of, and say what to do in it, in the longest words for which there is room."""
        self.hint.say(*hints)
        self.subject.say(*filter(None, (subject,)))
