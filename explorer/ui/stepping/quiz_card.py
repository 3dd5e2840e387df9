"""View of a question about what comes next: answer it, read why, go on; a score is kept for the learner alone."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QPushButton, QSizePolicy, QWidget

from explorer.language import tr
from explorer.session.quiz.question import Question
from explorer.ui.look.fonts import ui_font
from explorer.ui.look.text_size import factor, px
from explorer.ui.look.theme import SPACE, TEXT_SIZE
from explorer.ui.parts.widgets import Card, Words, in_column, in_row, styled, tool_button
from explorer.ui.parts.wrapping import WrappingRow
from explorer.ui.typography.indices import with_indices
from explorer.ui.typography.prose import raised, written

MOST_OPTIONS = 3
KEPT = 150
"""Height, in px, that it keeps at most when a question with fewer lines follows."""
PRESSES = (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter)


class QuizCard(QWidget):
    """Hidden while there is no question. `answered` carries the option that was chosen, `closed` ends the asking."""

    answered = Signal(int)
    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.right = self.asked = 0
        """How many questions were answered rightly, and at all."""
        self.question: Question | None = None
        """The question that is shown."""
        self._kept = 0, 0.0
        self.text = styled(Words(role=""), font=ui_font(TEXT_SIZE, 600))
        self.score = styled(QLabel(), "muted")
        self.why = Words(role="")
        self.score.setToolTip(tr("How many answers were right since the start. Nobody else sees it."))
        self.buttons = tuple(Answer(f"Alt+{i}") for i in range(1, MOST_OPTIONS + 1))
        for place, button in enumerate(self.buttons):
            button.clicked.connect(lambda _=False, place=place: self.choose(place))
        self.off = tool_button("×", tr("Ask no more questions"), clicked=self._close)
        self._build()
        self.hide()

    @property
    def waiting(self) -> bool:
        """Whether a question is asked and not answered yet."""
        return self.question is not None and self.why.isHidden()

    def set_question(self, question: Question | None) -> None:
        """Ask; None takes the card away. A question that is not answered does not count."""
        self.question = question
        if question is None:
            self.hide()
            return
        self.text.setText(written(question.text))
        self._answer(tr("✗ Not so."), question)  # hidden, it has its room until it is needed
        self.why.hide()
        self.setAccessibleName(question.text)
        for place, button in enumerate(self.buttons):
            asked = place < len(question.options)
            button.setVisible(asked)
            button.offer(raised(question.options[place]) if asked else "")
        self._show_score()
        self.show()
        self._keep_height()

    def announce(self) -> None:
        """Say that questions will come."""
        self.question = None
        self.why.clear()
        self.text.setText(tr("From now on a step asks first, where there is something to predict."))
        for button in self.buttons:
            button.hide()
        self._show_score()
        self.show()
        self._keep_height()

    def choose(self, place: int) -> None:
        """Answer: shows which option is right, and why."""
        question = self.question
        if question is None or not self.waiting or place >= len(question.options):
            return
        right = place == question.answer
        self.asked += 1
        self.right += right
        for i, button in enumerate(self.buttons[: len(question.options)]):
            button.reveal(i == question.answer, i == place)
        self._answer(tr("✓ Right.") if right else tr("✗ Not so."), question)
        self.why.show()
        self._show_score()
        self.answered.emit(place)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._keep_height()

    def _keep_height(self) -> None:
        """Be no lower than any question before, of the same width and size of text: the drawing above hardly moves.

        Where it is narrow, a long question may take more, for a while: the drawing is to be seen.
        """
        kept, layout = (self.width(), factor()), self.layout()
        assert layout is not None
        least = self.minimumHeight() if kept == self._kept else 0
        self._kept = kept
        self.setMinimumHeight(max(least, min(layout.totalHeightForWidth(self.width()), px(KEPT))))

    def _answer(self, opening: str, question: Question) -> None:
        self.why.setText(f"<b>{opening}</b> {with_indices(raised(question.explanation))}")

    def _show_score(self) -> None:
        self.score.setText(tr("{right} of {asked}", right=self.right, asked=self.asked) if self.asked else "")

    def _close(self) -> None:
        self.set_question(None)
        self.closed.emit()

    def _build(self) -> None:
        head, choices = in_row(None, (self.text, 1), self.off), WrappingRow(SPACE)
        head.setAlignment(self.off, Qt.AlignmentFlag.AlignTop)
        for button in self.buttons:
            choices.add(button)
        choices.add(self.score, Qt.AlignmentFlag.AlignRight)
        for part in (self.why, self.buttons[0]):
            policy = part.sizePolicy()
            policy.setRetainSizeWhenHidden(True)
            part.setSizePolicy(policy)
        self.why.setMinimumHeight(2 * self.why.fontMetrics().lineSpacing() + 2)  # most answers have two lines
        self.why.setAlignment(Qt.AlignmentFlag.AlignTop)
        card = Card(head, choices, self.why, 1, spacing=4, margins=(10, 4, 8, 6))
        in_column(None, card, on=self, margins=(14, 2, 14, 2))


class Answer(QPushButton):
    """One option. Its key works from anywhere; with the focus on it, Space and Enter choose it."""

    def __init__(self, key: str) -> None:
        super().__init__()
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._key, self._open = key, False

    def offer(self, text: str) -> None:
        """Offer another option."""
        self._open = True
        self.setText(text.replace("&", "&&"))
        self.setAccessibleName(text)
        self.setShortcut(self._key)
        self.setToolTip(tr("{key} chooses this", key=self._key))
        self.setChecked(False)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def reveal(self, right: bool, chosen: bool) -> None:
        """Mark what was right and what was chosen; from now on it is only shown."""
        self._open = False
        self.setText(
            {(True, True): "✓ ", (True, False): "✓ ", (False, True): "✗ "}.get((right, chosen), "") + self.text()
        )
        self.setShortcut("")
        self.setToolTip("")
        self.setChecked(right)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def nextCheckState(self) -> None:
        """What is pressed says what is right, which no click decides."""

    def hitButton(self, pos: object) -> bool:
        return self._open and self.rect().contains(pos)  # type: ignore[call-overload]

    def event(self, event: QEvent) -> bool:
        # Space steps on elsewhere in the window.
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride and event.key() in PRESSES:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in PRESSES[1:]:
            self.click()
        else:
            super().keyPressEvent(event)
