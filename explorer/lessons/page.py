"""Read the pages of lessons from files: what one says, the state it sets, and the one thing there is to do on it.

A page is Markdown after settings in TOML between two lines of +++. A line of --- parts what is read before the learner
acts from what is read after. `[[…]]` is a number of the computation (see `numbers`).
"""

import re
from pathlib import Path
from typing import Any, Protocol, TypeVar

import msgspec
from msgspec import Struct

from explorer.errors import ExplorerError
from explorer.reading.json_faults import in_words
from explorer.session.commands import Call

_FILE = re.compile(r"\+\+\+\n(?P<settings>.*?)\n\+\+\+\n(?P<text>.*)", re.DOTALL)
_PART = re.compile(r"\n---\n")


class Goal(Struct, frozen=True, forbid_unknown_fields=True):
    """When the learner has done what a page asks for: all that is given here must be so.

    `reached`: an event, see `events.cursor_of`. `selected`: a node as in "h(3)", or a parameter. `edited`: likewise,
    of a parameter at least so many `entries`. `document`, `view`: settings by name and the values they have.
    `trained`: the runs of the last start have ended. `travelled`: weights along a run are looked at.
    """

    reached: str = ""
    selected: str = ""
    edited: str = ""
    entries: int = 1
    document: dict[str, Any] = {}
    view: dict[str, Any] = {}
    trained: bool = False
    travelled: bool = False


class Setup(Protocol):
    """What sets a state of the app: settings that differ from those of a new document, the event up to which all is
    computed, and how it is looked at.
    """

    @property
    def document(self) -> dict[str, Any]: ...

    @property
    def at(self) -> str: ...

    @property
    def view(self) -> dict[str, Any]: ...


class PageText(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What a page says, in one language: what to do, or what is asked; `after` is read once that is done."""

    title: str
    do: str = ""
    ask: str = ""
    choices: tuple[str, ...] = ()
    text: str = ""
    after: str = ""


class Page(PageText, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One thing to do, `do`, or one question, `ask`, whose choice number `right`, from 1, is the right one.

    `document` holds settings that differ from those of a new document, `at` the event up to which all is computed,
    `view` how it is looked at. `highlight` names nodes, parameters and controls. `show` does what is asked for, in
    commands; on the page of a question, what the answer brings to be seen.
    """

    document: dict[str, Any] = {}
    at: str = "start"
    view: dict[str, Any] = {}
    highlight: tuple[str, ...] = ()
    goal: Goal | None = None
    show: tuple[Call, ...] = ()
    right: int = 0
    id: str = ""


class LessonText(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What a lesson is called, in one language."""

    title: str
    section: str
    """Where in the book, as in "10.2.2"."""


class Lesson(LessonText, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Pages that belong together. `document` and `view`: what they have in common."""

    document: dict[str, Any] = {}
    view: dict[str, Any] = {}
    id: str = ""
    pages: tuple[Page, ...] = ()


P = TypeVar("P", bound=PageText)
K = TypeVar("K", bound=Struct)
S = TypeVar("S", Page, Lesson)


def read_lesson(folder: Path) -> Lesson:
    """The lesson in a folder: lesson.toml and its pages, in the order of their names.

    Raises ExplorerError that names the file and what is wrong with it.
    """
    lesson = _read_settings(folder, Lesson)
    pages = tuple(_belonging(_read_page(path, Page), path, lesson) for path in sorted(folder.glob("*.md")))
    return msgspec.structs.replace(lesson, id=folder.name, pages=pages)


def translated(lesson: Lesson, folder: Path) -> Lesson:
    """A lesson in the words of the files in a folder, which are written as its own are but hold texts alone.

    A page that has no such file keeps its words. Raises ExplorerError as `read_lesson`.
    """
    pages = tuple(_page_saying(page, folder / f"{Path(page.id).name}.md") for page in lesson.pages)
    return _saying(msgspec.structs.replace(lesson, pages=pages), _read_settings(folder, LessonText))


def _page_saying(page: Page, path: Path) -> Page:
    return _saying(page, _read_page(path, PageText)) if path.exists() else page


def _saying(it: S, text: PageText | LessonText) -> S:
    return msgspec.structs.replace(it, **msgspec.structs.asdict(text))


def _belonging(page: Page, path: Path, lesson: Lesson) -> Page:
    return msgspec.structs.replace(
        page,
        id=f"{path.parent.name}/{path.stem}",
        document=lesson.document | page.document,
        view=lesson.view | page.view,
    )


def _read_settings(folder: Path, kind: type[K]) -> K:
    path = folder / "lesson.toml"
    return _converted(path, path.read_text(encoding="utf-8"), kind)


def _read_page(path: Path, kind: type[P]) -> P:
    found = _FILE.fullmatch(path.read_text(encoding="utf-8"))
    if found is None:
        raise ExplorerError(
            "{path} does not begin with settings between two lines of +++; write them there.", path=path.name
        )
    page = _converted(path, found["settings"], kind)
    text, *after = _PART.split(found["text"])
    return msgspec.structs.replace(page, text=text.strip(), after="\n\n".join(after).strip())


def _converted(path: Path, text: str, kind: type[K]) -> K:
    try:
        return msgspec.toml.decode(text, type=kind)
    except msgspec.DecodeError as error:
        why = in_words(b"{}", error) if isinstance(error, msgspec.ValidationError) else str(error)
        raise ExplorerError("The settings of {path} cannot be read: {why}.", path=path.name, why=why) from error
