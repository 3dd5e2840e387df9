"""An architecture file may name any figure, or none: it is sorted, listed, traced, trained and drawn all the same."""

import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from pytestqt.qtbot import QtBot

import explorer.architectures
from explorer.architectures import architectures, get_architecture, in_the_book
from explorer.cli import main
from explorer.graph.equations.by_event import equation_of
from explorer.session.commands import networks
from explorer.session.document import show
from explorer.ui.settings.network_grid import NetworkGrid
from tests.oracles.cases import CASE
from tests.settings import a_document

NOTED = ["", " ", "10.13a", "10.13", "10.9.2", "section 10.9.2", "10", "figure", "10.", ".", "²", "10.13a–c", "x" * 300]
"""Figures as people write them."""


@pytest.fixture
def added(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], None]]:
    """Put one more file into the folder of architectures, with this figure, as somebody would."""
    folder = tmp_path / "more"
    folder.mkdir()
    monkeypatch.setattr(explorer.architectures, "__path__", [*explorer.architectures.__path__, str(folder)])

    def add(figure: str) -> None:
        (folder / "an_added_one.py").write_text(
            "from msgspec.structs import replace\n"
            "from explorer.architectures.hidden_and_output import ARCHITECTURE as NEAREST\n"
            f"ARCHITECTURE = replace(NEAREST, id='added', title='Added', figure={figure!r})\n",
            encoding="utf-8",
        )
        architectures.cache_clear()

    yield add
    architectures.cache_clear()
    sys.modules.pop("explorer.architectures.an_added_one", None)


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("figure", NOTED)
def test_every_command_works_with_any_figure(
    added: Callable[[str], None], tmp_path: Path, capsys: pytest.CaptureFixture[str], figure: str
) -> None:
    added(figure)
    case = tmp_path / "case.json"
    case.write_text(json.dumps(CASE | {"architecture": "added"}))
    brief = ["--iterations", "2", "--batch", "2", "--length", "2", "--hidden", "2"]
    for words in (
        ["list"],
        ["trace", str(case)],
        ["train", "--architecture", "added", "--task", "running_parity", *brief],
        ["render", "--architecture", "added", "-o", str(tmp_path / "net.svg")],
    ):
        assert main(words) == 0, capsys.readouterr().err
    line = next(line for line in capsys.readouterr().out.splitlines() if line.startswith("    added"))
    said = line.removeprefix("    added").strip()
    lesson = get_architecture("added").lesson
    named = figure.strip() and (f"fig. {figure}: " if figure[0] in "1" else f"{figure}: ")
    assert said == f"{named}{lesson}"


@pytest.mark.parametrize(("figure", "cited"), [("", ""), ("10.13a", "fig. 10.13a")])
def test_the_window_names_the_figure_or_says_nothing(
    added: Callable[[str], None], qtbot: QtBot, figure: str, cited: str
) -> None:
    added(figure)
    grid = NetworkGrid()
    qtbot.addWidget(grid)
    card = grid.cards["added"]
    assert card.accessibleName().split(", ")[:-1] == ["Added", *filter(None, [cited])]
    assert not card.grab().isNull()
    texts = [command.title for command in networks()]
    assert any(text.endswith(f"Added ({cited})" if cited else "Added") for text in texts), texts


def test_equations_refer_to_the_figure_or_to_none(added: Callable[[str], None]) -> None:
    sources: dict[str, set[str]] = {}
    for figure in ("10.13a", ""):
        added(figure)
        sys.modules.pop("explorer.architectures.an_added_one", None)
        shown = show(a_document(architecture="added"))
        sources[figure] = {equation_of(shown.trace, event).source for event in shown.events}
    assert any("fig. 10.13a" in source for source in sources["10.13a"])
    assert not any("fig." in source or source.strip() != source or source.endswith("·") for source in sources[""])
    assert {source.replace(" · fig. 10.13a", "") for source in sources["10.13a"]} == sources[""]


def with_figure(figure: str) -> tuple[int, list[tuple[int, str]], str]:
    return in_the_book(replace(get_architecture("hidden_to_hidden"), figure=figure))


def test_they_are_sorted_as_in_the_book_by_figure_then_by_section_and_those_without_either_last() -> None:
    figures = ["10.3", "10.5", "10.9.1", "10.10", "10.13", "10.13a", "10.13b", "11.1"]
    book = [*figures, "section 10.5", "section 10.9.2", "section 10.10", "online", ""]
    assert sorted(book[::-1], key=with_figure)[:-2] == book[:-2]
    assert set(sorted(book[::-1], key=with_figure)[-2:]) == {"online", ""}


@given(st.lists(st.text(max_size=8) | st.from_regex(r"[0-9]{1,2}(\.[0-9]{1,2}){0,2}[a-c]?"), max_size=6))
def test_whatever_the_figures_they_have_an_order(figures: list[str]) -> None:
    assert sorted(sorted(figures, key=with_figure), key=with_figure) == sorted(figures, key=with_figure)


@given(st.lists(st.integers(0, 99), min_size=1, max_size=3), st.lists(st.integers(0, 99), min_size=1, max_size=3))
def test_numbers_are_sorted_as_numbers(one: list[int], other: list[int]) -> None:
    keys = [with_figure(".".join(map(str, numbers))) for numbers in (one, other)]
    assert (keys[0] < keys[1]) == (one < other)
