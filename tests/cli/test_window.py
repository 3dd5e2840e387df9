"""`--screenshot`: a picture of the real window, without a screen."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from explorer.cli import OPENED
from explorer.cli.window import SMALLEST
from explorer.session.edits import InputEdit
from explorer.session.files import Opened, save_document
from explorer.session.kinds import ENDINGS
from explorer.session.viewing import View
from explorer.ui.look import theme as themes
from explorer.ui.window.main_window import MainWindow
from tests.cli.conftest import Command, Refusal
from tests.settings import a_document

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.fixture
def undressed(qapp: QApplication) -> Iterator[None]:
    """Leave the application in the light theme, whatever a picture was taken in."""
    yield
    themes.apply(qapp, themes.LIGHT)


def colours(image: QImage) -> set[int]:
    return {image.pixel(x, y) for x in range(0, image.width(), 9) for y in range(0, image.height(), 9)}


def windows() -> set[MainWindow]:
    return {widget for widget in QApplication.topLevelWidgets() if isinstance(widget, MainWindow)}


@pytest.mark.usefixtures("undressed")
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_window_of_the_size_and_theme_asked_for(command: Command, tmp_path: Path, theme: str) -> None:
    before = windows()
    outcome = command("--screenshot", tmp_path / "window.png", "--size", "1000x700", "--theme", theme)
    assert (outcome.status, outcome.out, outcome.err) == (0, "", "")
    image = QImage(str(tmp_path / "window.png"))
    assert (image.width(), image.height()) == (1000, 700)
    assert len(colours(image)) > 20
    corner = image.pixelColor(2, 690).lightness()
    assert corner < 100 if theme == "dark" else corner > 200
    # A window that was left would be dressed again at each later change of theme.
    assert windows() <= before


@pytest.mark.usefixtures("undressed")
def test_a_document_is_pictured_where_it_was_left(command: Command, tmp_path: Path) -> None:
    pictures = []
    for cursor in (3, 30):
        # With an edit, of which a window that closes asks what is to become.
        document = a_document(edits=(InputEdit(1, 1),))
        save_document(Opened(document, view=View(cursor=cursor)), tmp_path / "lesson.rnnx")
        pictures.append(tmp_path / f"{cursor}.png")
        assert command("--screenshot", pictures[-1], tmp_path / "lesson.rnnx").status == 0
    first, second = (path.read_bytes() for path in pictures)
    assert first != second


def test_the_window_opens_every_kind_of_file_by_its_name_alone():
    assert {".json", ".txt", *ENDINGS} == set(OPENED)


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (("--size", "800"), "The size '800' is not WIDTHxHEIGHT, such as 1280x720."),
        (("--size", "axb"), "The size 'axb' is not WIDTHxHEIGHT, such as 1280x720."),
        (("--size=-800x600",), "The size '-800x600' is not WIDTHxHEIGHT, such as 1280x720."),
        (("--size", "1440x900x3"), "The size '1440x900x3' is not WIDTHxHEIGHT, such as 1280x720."),
        (("--size", "9" * 5000 + "x1"), "is not WIDTHxHEIGHT, such as 1280x720."),
        (("--size", "10x10"), "The size 10x10 is out of range; choose one from 900x560 to 8000x8000."),
        (("--size", "1440x90000"), "The size 1440x90000 is out of range; choose one from 900x560 to 8000x8000."),
        (("--theme", "drak"), "There is no theme called 'drak'; did you mean 'dark'?"),
        (("a.rnnx",), "a.rnnx cannot be read: No such file or directory."),
        (("weights.npz",), "weights.npz holds weights, and here it takes a document (.rnnx) or a case (.json)"),
        (("list",), "--open, --screenshot and --size are about the window; leave list out, or them."),
    ],
)
def test_a_mistake_gets_one_line_and_no_file(
    refusal: Refusal, tmp_path: Path, words: tuple[str, ...], reason: str
) -> None:
    assert reason in refusal("--screenshot", tmp_path / "window.png", *words)
    assert list(tmp_path.iterdir()) == []


def test_a_document_that_cannot_be_shown_is_refused_by_its_name(refusal: Refusal, tmp_path: Path) -> None:
    path = tmp_path / "odd.rnnx"
    path.write_text('{"network": {"architecture": "hidden_to_hiden"}, "version": 5}')
    for words in (("--screenshot", tmp_path / "window.png", path), ("trace", path)):
        said = refusal(*words)
        assert f"{path} cannot be opened: " in said and "did you mean 'hidden_to_hidden'?" in said


def test_the_smallest_size_is_that_of_the_window() -> None:
    window = MainWindow()
    least = window.minimumSize()
    window.close()
    assert (least.width(), least.height()) == SMALLEST


@pytest.mark.parametrize("name", ["window.jpg", "window", "png"])
def test_a_screenshot_is_a_png(refusal: Refusal, tmp_path: Path, name: str) -> None:
    assert f"A screenshot is a .png file, and {name} is none; rename it." in refusal("--screenshot", tmp_path / name)


@pytest.mark.parametrize("name", ["missing/window.png", ""])
def test_a_place_where_nothing_can_be_written(refusal: Refusal, tmp_path: Path, name: str) -> None:
    assert "cannot be written: " in refusal("--screenshot", tmp_path / name)


def test_no_name_is_not_the_window_itself(refusal: Refusal) -> None:
    assert "cannot be written: Is a directory." in refusal("--screenshot", "")


@pytest.mark.parametrize(
    ("words", "asked"),
    [
        ((), (None, None)),
        (("--theme", "dark"), ("dark", None)),
        (("lesson.rnnx",), (None, Path("lesson.rnnx"))),
        (("--open", "lesson", "--theme", "dark"), ("dark", Path("lesson"))),
        (("--theme", "dark", "lesson.rnnx"), ("dark", Path("lesson.rnnx"))),
        (("--theme=dark", "MODEL.PT"), ("dark", Path("MODEL.PT"))),
        (("rnnx4:ePk/U6QMG03",), (None, "rnnx4:ePk/U6QMG03")),
        (("--theme", "dark", "lesson.rnnx"), ("dark", Path("lesson.rnnx"))),
        (("--theme=dark", "rnnx4:ePk/U6QMG03"), ("dark", "rnnx4:ePk/U6QMG03")),
    ],
)
def test_without_a_command_the_window_opens(
    command: Command, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], asked: tuple[object, ...]
) -> None:
    opened: list[tuple[object, ...]] = []

    def run(theme: str | None, path: Path | None, line: str | None) -> int:
        opened.append((theme, path or line))
        return 3

    monkeypatch.setattr("explorer.ui.app.run", run)
    outcome = command(*words)
    assert (outcome.status, outcome.err) == (3, "")
    assert opened == [asked]
