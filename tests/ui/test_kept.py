"""The language of the window is the one that was chosen, or the system's where it can be spoken."""

import pytest
from PySide6.QtCore import QLocale

from explorer.ui.kept import keep_language, kept_language, language_at_start
from explorer.ui.window.main_window import MainWindow


def test_what_the_menu_chooses_is_kept_for_the_next_start(window: MainWindow) -> None:
    window.perform("language_de")
    assert (kept_language(), language_at_start()) == ("de", "de")
    assert window.menus["language_de"].isChecked() and not window.menus["language_system"].isChecked()
    assert "next start" in window.status.message.text()
    window.perform("language_system")
    assert kept_language() == ""


@pytest.mark.parametrize(("languages", "spoken"), [(["pt-BR", "de-AT"], "de"), (["fr"], "en"), ([], "en")])
def test_without_a_choice_it_is_the_first_of_the_system_that_can_be_spoken(
    languages: list[str], spoken: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QLocale, "uiLanguages", lambda self: languages)
    assert language_at_start() == spoken


def test_a_language_that_is_not_known_is_none() -> None:
    keep_language("tlh")
    assert kept_language() == ""
