"""View of all lessons in a list: which are done, and where to go on."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QSizePolicy, QToolButton, QWidget

from explorer.language import tr
from explorer.lessons.course import Course
from explorer.lessons.library import lessons
from explorer.ui.look.text_size import scaled
from explorer.ui.parts.scroller import ScrolledColumn
from explorer.ui.parts.widgets import Words, in_column, in_row, restyle, styled

NEW = tr(
    "Each page has a few words and one thing to do. What you have here now is kept: leave and come back as you like."
)


class Contents(ScrolledColumn):
    """`chosen` carries the lesson to take, `go_on` nothing: the page where the learner was."""

    chosen = Signal(object)
    go_on = Signal()

    def __init__(self) -> None:
        super().__init__()
        body = QWidget()
        self.note, self.start = Words(NEW), styled(QPushButton(), "primary")
        self.start.setToolTip(tr("Turn to the page where you were; what you have here is kept"))
        self.start.clicked.connect(self.go_on)
        column = in_column(1, self.note, on=body, margins=(14, 6, 14, 12))
        column.addSpacing(8)
        column.addWidget(self.start)
        column.addSpacing(8)
        self.rows = [_Row(number, lesson.title) for number, lesson in enumerate(lessons(), 1)]
        for row, lesson in zip(self.rows, lessons(), strict=True):
            row.clicked.connect(lambda _=False, lesson=lesson: self.chosen.emit(lesson))
            row.setToolTip(
                tr("Section {section} of the book, {pages} pages", section=lesson.section, pages=len(lesson.pages))
            )
            column.addWidget(row)
        column.addStretch(1)
        self.setWidget(body)

    def show_course(self, course: Course) -> None:
        """Show how far a course has been taken."""
        place = lessons().index(course.lesson) + 1
        page = course.lesson.pages.index(course.page) + 1
        begun = bool(course.done) or page > 1 or place > 1
        self.start.setText(
            tr("Go on: lesson {place}, page {page}", place=place, page=page) if begun else tr("Begin with lesson 1")
        )
        for row, lesson in zip(self.rows, lessons(), strict=True):
            row.show_done(sum(page.id in course.done for page in lesson.pages), len(lesson.pages))


class _Row(QToolButton):
    """A lesson: its number, its title, and at the right how much of it is done."""

    def __init__(self, number: int, title: str) -> None:
        super().__init__()
        self.setProperty("role", "sign")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        scaled(self.setMinimumHeight, 28)
        self._title = title
        self._number, self._name, self._done = styled(QLabel(str(number)), "muted"), QLabel(title), QLabel()
        scaled(self._number.setFixedWidth, 18)
        self._name.setWordWrap(True)
        in_row(None, self._number, (self._name, 1), self._done, on=self, margins=(6, 3, 6, 3))
        for label in (self._number, self._name, self._done):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def show_done(self, done: int, of: int) -> None:
        """Show how many pages of it are complete."""
        self._done.setText("✓" if done == of else f"{done}/{of}" if done else "")
        restyle(self._done, "role", "target" if done == of else "muted")
        self.setAccessibleName(tr("{title}, {done} of {of} pages done", title=self._title, done=done, of=of))
