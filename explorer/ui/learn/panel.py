"""View of a course: the list of lessons, or the page one is on with the ways to the next and back."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QPushButton, QStackedWidget

from explorer.language import tr
from explorer.lessons.course import Course
from explorer.lessons.library import lessons
from explorer.ui.learn.contents import Contents
from explorer.ui.learn.page_view import PageView
from explorer.ui.parts.fitting_label import FittingLabel
from explorer.ui.parts.widgets import in_column, in_row, restyle, styled, tool_button


class LearnPanel(QFrame):
    """A pure view. `page_asked` carries −1 or 1, `leave_asked` leads to what was there before the lessons."""

    page_asked = Signal(int)
    leave_asked = Signal()
    close_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "panel")
        self.contents, self.page = Contents(), PageView()
        self.place, self.list = styled(FittingLabel(), "section"), tool_button("☰", tr("All lessons"), "sign")
        self.close_ = tool_button("✕", tr("Close the lessons: settings again (L)"), "sign")
        self.back, self.next = QPushButton(tr("‹ Back")), QPushButton(tr("Next ›"))
        self.back.setToolTip(tr("Previous page (Ctrl+PgUp)"))
        self.next.setToolTip(tr("Next page (Ctrl+PgDown)"))
        tip = tr("Show what was there before the lessons")
        self.leave = tool_button(tr("Back to my own work"), tip, clicked=self.leave_asked)
        self._pages, self._nav = QStackedWidget(), QFrame()
        self._course: Course | None = None
        self.listed = True
        """Whether the list is shown."""
        self._build()

    def show_course(self, course: Course) -> None:
        """Show where a course is; while it has been left, the list."""
        self._course = course
        place, of = course.lesson.pages.index(course.page) + 1, len(course.lesson.pages)
        number = lessons().index(course.lesson) + 1
        if self.listed:
            self.place.say(tr("Lessons"))
        else:
            end = f"{place}/{of}"
            self.place.say(
                f"{number} · {course.lesson.title} · {end}", tr("Lesson {number} · {end}", number=number, end=end)
            )
        self.list.setVisible(not self.listed)
        self._nav.setVisible(not self.listed)
        self.leave.setVisible(course.taken)
        self.back.setEnabled(course.beside(-1) is not None)
        self.next.setEnabled(course.beside(1) is not None)
        restyle(self.next, "role", "primary" if course.complete else "")
        self._pages.setCurrentWidget(self.contents if self.listed else self.page)
        if self.listed:
            self.contents.show_course(course)
        else:
            self.page.show_course(course)

    def show_list(self, on: bool) -> None:
        """Turn to the list of lessons, or to the page."""
        self.listed = on
        if self._course is not None:
            self.show_course(self._course)

    def _build(self) -> None:
        head = in_row(None, self.list, (self.place, 1), self.close_, margins=(14, 8, 8, 2))
        in_row(None, self.back, 1, self.next, on=self._nav, margins=(14, 4, 14, 4))
        for button in (self.back, self.next):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.back.clicked.connect(lambda: self.page_asked.emit(-1))
        self.next.clicked.connect(lambda: self.page_asked.emit(1))
        self.close_.clicked.connect(self.close_asked)
        self.list.clicked.connect(lambda: self.show_list(True))
        self._pages.addWidget(self.contents)
        self._pages.addWidget(self.page)
        last = in_row(None, self.leave, 1, margins=(14, 0, 14, 8))
        in_column(0, head, (self._pages, 1), self._nav, last, on=self)
