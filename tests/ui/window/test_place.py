"""The window opens whole on the screen, and the next time where it was closed, with the look chosen last."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRect, QSettings, QSize
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from explorer.ui import app
from explorer.ui.kept import settings
from explorer.ui.look import theme as themes
from explorer.ui.look.appearance import look_named
from explorer.ui.window.division import SMALLEST, USUAL
from explorer.ui.window.frame import Frame
from explorer.ui.window.place import WindowPlace, first_size, keep_text_size, kept_look, kept_text_size

INI, USER = QSettings.Format.IniFormat, QSettings.Scope.UserScope


@pytest.fixture(autouse=True)
def kept(tmp_path: Path) -> Iterator[Path]:
    """The file of the place, in a folder of this test."""
    before = Path(settings().fileName()).parents[1]
    QSettings.setPath(INI, USER, str(tmp_path))
    yield Path(settings().fileName())
    QSettings.setPath(INI, USER, str(before))


def opened(qtbot: QtBot) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    WindowPlace(window)
    window.show()
    return window


def test_no_home_of_a_user_is_written_to(kept: Path, tmp_path: Path) -> None:
    assert kept.is_relative_to(tmp_path)


@given(st.integers(SMALLEST[0], 6000), st.integers(SMALLEST[1] + 40, 4000))
def test_it_fits_any_screen_that_it_can_fit_and_is_no_larger_than_usual(width: int, height: int) -> None:
    size = first_size(QSize(width, height))
    assert size.width() <= width and size.height() < height
    assert size == QSize(min(width, USUAL[0]), min(height - 40, USUAL[1]))


def test_a_smaller_screen_has_it_at_its_least() -> None:
    assert first_size(QSize(640, 480)) == QSize(*SMALLEST)


def test_the_next_time_it_is_where_and_as_large_as_it_was_closed(qtbot: QtBot) -> None:
    first = opened(qtbot)
    first.setGeometry(QRect(20, 60, 500, 400))
    first.close()
    again = opened(qtbot)
    assert (again.pos(), again.size()) == (first.pos(), first.size())


def test_a_maximised_window_is_maximised_again(qtbot: QtBot) -> None:
    first = opened(qtbot)
    first.showMaximized()
    first.close()
    assert opened(qtbot).isMaximized()


@pytest.mark.parametrize("content", ["", "[General]\ngeometry=5\n", "[General]\ngeometry=@ByteArray(no)\n", "\0\1"])
def test_a_place_that_cannot_be_read_is_that_of_the_first_time(qtbot: QtBot, kept: Path, content: str) -> None:
    kept.parent.mkdir(parents=True)
    kept.write_text(content)
    window = opened(qtbot)
    assert window.size() == first_size(window.screen().availableGeometry().size())


def test_where_nothing_can_be_kept_it_opens_and_closes_all_the_same(qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "rnn-explorer").write_text("in the way of the folder")
    assert opened(qtbot).close()


def test_the_look_that_was_chosen_is_that_of_the_next_start(qtbot: QtBot, kept: Path) -> None:
    assert look_named(kept_look()) == "system"
    frame = Frame(themes.LIGHT)
    qtbot.addWidget(frame)
    window = app._fill(frame, "light")
    assert not kept.exists(), "one that was only asked for at the start is not kept"
    window.appearance.choose("dark")
    assert look_named(kept_look()) == "dark"
    window.appearance.choose("light")
    frame.end()


def test_a_look_that_there_is_none_of_is_that_of_the_system(kept: Path) -> None:
    kept.parent.mkdir(parents=True)
    kept.write_text("[General]\nlook=pink\n")
    assert look_named(kept_look()) == "system"


def test_text_is_as_large_at_the_next_start_as_was_chosen_last(kept: Path) -> None:
    assert kept_text_size() == 100
    keep_text_size(150)
    assert kept_text_size() == 150
    kept.write_text("[General]\ntext%20size=7000\n")
    settings().sync()
    assert kept_text_size() == 100
