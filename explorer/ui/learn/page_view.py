"""View of one page: its text, what to do or the question, and what there is to read once that is done."""

import re
from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QFrame, QLabel, QToolButton, QWidget

from explorer.language import tr
from explorer.lessons.course import Course
from explorer.lessons.numbers import Number
from explorer.ui.look.text_size import px
from explorer.ui.look.theme import SPACE, TITLE_SIZE
from explorer.ui.parts.scroller import ScrolledColumn
from explorer.ui.parts.widgets import Words, in_column, in_row, styled, tool_button
from explorer.ui.typography.flow_text import FlowText
from explorer.ui.typography.numbers import count, figures

MOST_CHOICES = 3
WANDERED = tr("The graph shows something else now.")


def with_numbers(text: str, number: Callable[[str], Number]) -> str:
    """The text with each [[…]] in it read from the computation; what is exactly 1 is not said to be 1.00.

    No line is broken between a number and its sign.
    """

    def said(match: re.Match[str]) -> str:
        found = number(match[1])
        if not isinstance(found, float):
            return str(found).replace(" ", "\xa0")
        return count(int(found)) if found.is_integer() else figures(found)

    return re.sub(r"\[\[(.*?)\]\]", said, text)


class PageView(ScrolledColumn):
    """`show_asked`: do it for me. `answered` carries the choice, from 1. `set_asked`: the state of the page again."""

    show_asked = Signal()
    answered = Signal(int)
    set_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._body = QWidget()
        self.title = FlowText(TITLE_SIZE, weight=QFont.Weight.DemiBold)
        self.text, self.after = FlowText(), FlowText()
        self.task, self.task_text = QFrame(), FlowText(weight=QFont.Weight.Medium)
        self.show_me = tool_button(tr("Show me"), tr("Do it for me"), clicked=self.show_asked)
        self.question = FlowText(weight=QFont.Weight.Medium)
        self.choices = [_Choice(f"Alt+{place}") for place in range(1, MOST_CHOICES + 1)]
        self.reply, self.tick = Words(role="target"), styled(QLabel(tr("✓ Done")), "target")
        tip = tr("Set network and task as this page has them")
        self.away, self.again = QFrame(), tool_button(tr("Back to the page"), tip, clicked=self.set_asked)
        self._page, self._told = "", False
        self._telling = QTimer(self, singleShot=True, interval=0)  # once what has come is laid out
        self._telling.timeout.connect(lambda: self.ensureWidgetVisible(self.after))
        self._build()

    def show_course(self, course: Course) -> None:
        """Show the page that a course is at."""
        page, number = course.page, course.number
        self.title.set_text(page.title)
        self.text.set_text(with_numbers(page.text, number))
        self.away.setVisible(course.wandered)
        answer, done = course.answer_given, course.finished
        self.task.setVisible(bool(page.do))
        self.task_text.set_text(page.do)
        self.tick.setVisible(done and bool(page.do))
        self.show_me.setVisible(not done and bool(page.show))
        self.question.set_text(with_numbers(page.ask, number))
        for place, choice in enumerate(self.choices, 1):
            choice.setVisible(place <= len(page.choices))
            if place <= len(page.choices):
                choice.offer(with_numbers(page.choices[place - 1], number))
                choice.show_answer(answer, place, page.right)
        self.reply.setVisible(answer is not None)
        if answer is not None:
            right = answer == page.right
            self.reply.say(tr("Right.") if right else tr("Not so."), "target" if right else "backward")
        self.after.set_text(with_numbers(page.after, number) if done else "")
        if page.id != self._page:
            self._page = page.id
            self.verticalScrollBar().setValue(0)
        elif done and not self._told:
            self._telling.start()
        self._told = done

    def take_keys(self, on: bool) -> None:
        """Let answers be chosen by their keys, or leave these to what is asked elsewhere."""
        for choice in self.choices:
            choice.take_key(on)

    def _build(self) -> None:
        self.setWidget(self._body)
        self.task.setProperty("role", "card")
        below = in_row(SPACE, self.tick, 1, self.show_me)
        in_column(6, self.task_text, below, on=self.task, margins=(10, 8, 10, 8))
        self.away.setProperty("role", "note")
        in_row(None, (Words(WANDERED, ""), 1), self.again, on=self.away, margins=(10, 4, 6, 4))
        asked = in_column(6, self.question, *self.choices)
        told = self.title, self.text, self.away, self.task
        in_column(10, *told, asked, self.reply, self.after, 1, on=self._body, margins=(14, 4, 14, 10))
        for place, choice in enumerate(self.choices, 1):
            choice.clicked.connect(lambda _=False, place=place: self.answered.emit(place))


class _Choice(QToolButton):
    """An answer that can be chosen, from anywhere by its key; afterwards, whether it is right."""

    def __init__(self, key: str) -> None:
        super().__init__()
        self._key = key
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCheckable(True)
        self._text, self._mark = FlowText(), QLabel()
        self._text.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.take_key(True)
        in_row(None, (self._text, 1), self._mark, on=self, margins=(10, 6, 10, 6))
        policy = self._text.sizePolicy()
        policy.setHorizontalPolicy(policy.Policy.Expanding)
        self.setSizePolicy(policy)

    def offer(self, text: str) -> None:
        """Stand for this answer."""
        self._text.set_text(text)
        self.setAccessibleName(self._text.accessibleName())
        self.updateGeometry()

    def take_key(self, on: bool) -> None:
        """Let its key choose it, or leave that to what is asked elsewhere."""
        self.setShortcut(self._key if on else "")
        self.setToolTip(tr("{key} chooses this", key=self._key) if on else "")

    def show_answer(self, answer: int | None, place: int, right: int) -> None:
        """Show which was chosen and which is right; None: nothing was chosen yet."""
        self.setChecked(answer == place)
        self.setEnabled(answer is None)
        self._mark.setText("" if answer is None else "✓" if place == right else "✗" if place == answer else "")

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._text.heightForWidth(width - px(20)) + px(12)

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        hint.setHeight(self.heightForWidth(max(px(120), self.width())))
        return hint
