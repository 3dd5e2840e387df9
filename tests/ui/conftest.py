"""Dress the test application as the real one, and offer both themes."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from explorer.ui import theme as themes
from explorer.ui.theme import Theme


@pytest.fixture(scope="session")
def qapp(qapp: QApplication) -> QApplication:
    """The application with the app's fonts and its light theme."""
    themes.apply(qapp, themes.LIGHT)
    return qapp


@pytest.fixture(params=[themes.LIGHT, themes.DARK], ids=lambda theme: theme.name)
def theme(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[Theme]:
    """Each theme in turn, put on for one test."""
    themes.apply(qapp, request.param)
    yield request.param
    themes.apply(qapp, themes.LIGHT)
