"""View of what happens now, in one numbered sentence, in the colour of its phase."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from explorer.ui.drawing.caption import CAPTION_HEIGHT, MARGIN, NARROW_HEIGHT, PADDING, paint_caption
from explorer.ui.look import theme as themes
from explorer.ui.look.text_size import own_rect, painter_on, px, sized, usual
from explorer.ui.parts.announcing import announce

TIGHT = 560, 420
"""Widths, in px, below which the button says less, and even less."""


class Caption(QWidget):
    """A tinted box with one sentence; it keeps room for two lines so that nothing jumps.

    Its button asks, by `go_on_asked`, for what comes next, see explorer.session.view.offers.
    """

    go_on_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.go_on = QPushButton(self)
        self.go_on.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._words: tuple[str, str, str] = "", "", ""
        self.go_on.clicked.connect(self.go_on_asked)
        self.go_on.hide()
        self.text = ""
        """The sentence that is shown."""
        self._role: themes.RoleName = "parameter"
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_caption(self, text: str, role: themes.RoleName) -> None:
        """Say a sentence in the colour of a role."""
        if (text, role) != (self.text, self._role):
            self.text, self._role = text, role
            self.setAccessibleName(text)
            self.setToolTip(text)
            announce(self, text)
            self.update()

    def offer(self, words: tuple[str, str, str], tip: str) -> None:
        """Call the button so: in the longest of these words for which there is room."""
        self._words = words
        self.go_on.setToolTip(tip)
        self._place()
        self.update()

    def _place(self) -> None:
        self.go_on.setText(self._words[sum(usual(self.width()) < width for width in TIGHT)])
        self.go_on.adjustSize()
        middle = (self.height() - 2 - self.go_on.height()) // 2
        self.go_on.move(self.width() - px(MARGIN + PADDING) - self.go_on.width(), middle)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()
        self._place()

    def sizeHint(self) -> QSize:
        return sized(400, CAPTION_HEIGHT if usual(self.width()) >= TIGHT[1] else NARROW_HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        right = usual(self.go_on.width()) + 2 * PADDING if self.go_on.isVisibleTo(self) else PADDING
        paint_caption(painter_on(self), own_rect(self), self.text, self._role, themes.current(), right)
