"""Tabs for which there is no room are in the list beside them; the chosen one is always seen."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from explorer.ui.look.theme import Theme
from explorer.ui.parts.tabs import FittingTabs, Tab
from tests.ui.painting import pixels, share_of

IDS = ("example", "writing", "errors", "accuracy", "reach", "drift")


@pytest.fixture
def tabs(qtbot: QtBot) -> FittingTabs:
    tabs = FittingTabs("Views", [Tab(id, id.capitalize(), f"All of {id}") for id in IDS])
    qtbot.addWidget(tabs)
    tabs.offer([id for id in IDS if id != "writing"], {"writing": "Nothing is written here."})
    tabs.resize(260, 30)
    tabs.show()
    return tabs


def seen(tabs: FittingTabs) -> list[str]:
    found = [place for place in range(tabs.bar.count()) if tabs.bar.isTabVisible(place)]
    assert all(tabs.bar.tabRect(place).left() >= 0 for place in found)
    assert all(tabs.bar.tabRect(place).right() <= tabs.bar.width() for place in found)
    return [IDS[place] for place in found]


def listed(tabs: FittingTabs) -> dict[str, str]:
    """The titles in the list that can be chosen, or the reason why not."""
    tabs.menu.aboutToShow.emit()
    return {action.text(): "" if action.isEnabled() else action.toolTip() for action in tabs.menu.actions()}


def test_there_are_as_many_as_fit_and_the_others_are_listed(tabs: FittingTabs) -> None:
    left = [id for id in tabs.ids if id not in seen(tabs)]
    assert seen(tabs)[0] == "example" and left
    assert listed(tabs) == {f"All of {id}": "" for id in left} | {"All of writing": "Nothing is written here."}
    tabs.resize(900, 30)
    assert seen(tabs) == list(tabs.ids)


def test_one_that_is_chosen_in_the_list_is_seen_and_said(tabs: FittingTabs) -> None:
    said: list[str] = []
    tabs.turned.connect(said.append)
    tabs.menu.aboutToShow.emit()
    next(action for action in tabs.menu.actions() if action.text() == "All of drift").trigger()
    assert said == ["drift"] and tabs.chosen == "drift" and "drift" in seen(tabs)
    assert "All of drift" not in listed(tabs)


def test_arrows_lead_through_all_that_can_be_chosen(qtbot: QtBot, tabs: FittingTabs) -> None:
    walked = [tabs.chosen]
    for _ in IDS:
        qtbot.keyClick(tabs.bar, Qt.Key.Key_Right)
        walked.append(tabs.chosen)
    assert walked == [*tabs.ids, "drift", "drift"]
    qtbot.keyClick(tabs.bar, Qt.Key.Key_Left)
    assert tabs.chosen == "reach"


def test_one_that_means_nothing_here_stays_only_until_another_is_chosen(tabs: FittingTabs) -> None:
    tabs.choose("writing")
    assert "writing" in seen(tabs)
    tabs.choose("errors")
    assert "writing" not in seen(tabs)


@pytest.mark.parametrize("chosen", ["reach", "drift"])
def test_they_are_whole_once_there_is_less_room(tabs: FittingTabs, chosen: str) -> None:
    tabs.resize(900, 30)
    tabs.choose(chosen)
    tabs.resize(260, 30)
    assert chosen in seen(tabs)


def test_the_one_that_has_the_keys_is_framed_and_no_larger(qtbot: QtBot, tabs: FittingTabs, theme: Theme) -> None:
    qtbot.waitUntil(tabs.bar.hasFocus)  # the first in its window
    place, framed = tabs.bar.tabRect(0), share_of(pixels(tabs.grab().toImage()), theme.forward.line)
    tabs.bar.clearFocus()
    assert framed > 2 * share_of(pixels(tabs.grab().toImage()), theme.forward.line) > 0
    assert tabs.bar.tabRect(0) == place
