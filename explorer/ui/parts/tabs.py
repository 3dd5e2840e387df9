"""Choose by tabs among more things than there may be room for: those left over are in a list beside them."""

from collections.abc import Mapping, Sequence

from msgspec import Struct
from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QMenu, QSizePolicy, QTabBar, QToolButton, QWidget

from explorer.language import tr
from explorer.ui.look.fonts import ui_font
from explorer.ui.look.text_size import px, scaled
from explorer.ui.parts.widgets import in_row, styled


class Tab(Struct, frozen=True):
    """`text` is on the tab; `title` names it in full, in the list and to a screen reader; `tip` says more."""

    id: str
    text: str
    title: str
    tip: str = ""


class _Bar(QTabBar):
    """Asks for a step to the tab before or behind; the wheel, which one also scrolls with, chooses nothing."""

    stepped = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        way = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if way is None:
            super().keyPressEvent(event)
        else:
            self.stepped.emit(way)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def width_of(self, index: int) -> int:
        """In px, whether it is shown or not."""
        return self.tabSizeHint(index).width()


class FittingTabs(QWidget):
    """As many tabs as fit, in their order, the chosen one always. `turned` carries the id of one that is chosen."""

    turned = Signal(str)

    def __init__(self, name: str, tabs: Sequence[Tab]) -> None:
        super().__init__()
        self._tabs = {tab.id: tab for tab in tabs}
        self.ids: tuple[str, ...] = ()
        """Those that can be chosen, in their order."""
        self._absent: Mapping[str, str] = {}
        self.bar, self.more = styled(_Bar(), "compact", ui_font(12)), styled(QToolButton(), "flat", ui_font(12))
        self.bar.setAccessibleName(name)
        self.bar.setUsesScrollButtons(False)
        self.bar.setElideMode(Qt.TextElideMode.ElideNone)
        self.bar.setExpanding(False)
        self.bar.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        for tab in tabs:
            self.bar.addTab("")
            self.describe(tab)
        self.bar.stepped.connect(self._step)
        self.bar.currentChanged.connect(self._turn)
        self.more.setText(tr("more"))
        scaled(self.more.setStyleSheet, "QToolButton { padding: 2px 5px }")
        self.more.setAccessibleName(tr("{name}: more", name=name))
        self.more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.menu = QMenu(self.more)
        self.menu.setToolTipsVisible(True)
        self.menu.aboutToShow.connect(self._list)
        self.more.setMenu(self.menu)
        self.more_actions: tuple[QAction, ...] = ()
        """What else the list holds, below the tabs that are left over."""
        in_row(4, (self.bar, 1), self.more, on=self)

    @property
    def chosen(self) -> str:
        """The id of the tab that is on."""
        return list(self._tabs)[self.bar.currentIndex()]

    def choose(self, id: str) -> None:
        """Switch a tab on, one that is not offered as well: it is there until another is chosen."""
        place = self._place(id)
        if not self.bar.isTabVisible(place):
            # The others come back as there is room: a bar with too many scrolls, and then stays so.
            for other in set(range(self.bar.count())) - {self.bar.currentIndex()}:
                self.bar.setTabVisible(other, other == place)
        self.bar.setCurrentIndex(place)
        self._fit()

    def offer(self, ids: Sequence[str], absent: Mapping[str, str]) -> None:
        """Let these be chosen; the list names those that are `absent`, with the reason."""
        if (tuple(ids), absent) != (self.ids, self._absent):
            self.ids, self._absent = tuple(ids), dict(absent)
            self._fit()

    def describe(self, tab: Tab) -> None:
        """Write a tab differently."""
        self._tabs[tab.id] = tab
        place = self._place(tab.id)
        if self.bar.tabText(place) != tab.text:
            self.bar.setTabText(place, tab.text)
            self._fit()
        self.bar.setTabToolTip(place, "\n".join(filter(None, (tab.title if tab.title != tab.text else "", tab.tip))))
        self.bar.setAccessibleTabName(place, tab.title)

    def tip(self, id: str) -> str:
        """What is said where the tab is pointed at."""
        return self.bar.tabToolTip(self._place(id))

    def _place(self, id: str) -> int:
        return list(self._tabs).index(id)

    def _turn(self) -> None:
        self._fit()
        self.turned.emit(self.chosen)

    def _step(self, way: int) -> None:
        """Choose the tab before or behind, though there may be no room for it yet."""
        ids = [id for id in self._tabs if id in (*self.ids, self.chosen)]
        self.choose(ids[max(0, min(ids.index(self.chosen) + way, len(ids) - 1))])

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    @property
    def fitting(self) -> tuple[str, ...]:
        """The ids for whose tabs there is room."""
        room = self.width() - self.more.sizeHint().width() - px(4) - self.bar.width_of(self._place(self.chosen))
        seen = [self.chosen]
        for id in self.ids:
            if id != self.chosen:
                room -= self.bar.width_of(self._place(id))
                if room < 0:
                    break
                seen.append(id)
        return tuple(id for id in self._tabs if id in seen)

    def _fit(self) -> None:
        fitting = self.fitting
        for place, id in enumerate(self._tabs):
            if (id in fitting) != self.bar.isTabVisible(place):
                self.bar.setTabVisible(place, id in fitting)
        first, chosen = self._place(fitting[0]), self.bar.currentIndex()
        if self.bar.tabRect(first).left() < 0:  # it scrolled while there were too many, as when it became narrower
            with QSignalBlocker(self.bar):
                self.bar.setCurrentIndex(first)
                self.bar.setCurrentIndex(chosen)

    def _list(self) -> None:
        """Fill the list: what there is no room for, what is absent and why, what else can be done."""
        self.menu.clear()
        fitting = self.fitting
        for id in (id for id in self.ids if id not in fitting):
            action = self.menu.addAction(self._tabs[id].title)
            action.setToolTip(self._tabs[id].tip)
            action.triggered.connect(lambda _=False, id=id: self.choose(id))
        for id, reason in self._absent.items():
            action = self.menu.addAction(self._tabs[id].title)
            action.setToolTip(reason)
            action.setEnabled(False)
        if self.menu.actions() and self.more_actions:
            self.menu.addSeparator()
        for action in self.more_actions:
            self.menu.addAction(action)

    def minimumSizeHint(self) -> QSize:
        widest = max(map(self.bar.width_of, range(len(self._tabs))), default=0)
        return QSize(widest + 4 + self.more.sizeHint().width(), super().minimumSizeHint().height())
