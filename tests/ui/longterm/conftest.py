"""Show a card a document and wait until it has worked."""

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from explorer.session.document import Document, Shown, show
from explorer.session.viewing import View
from explorer.ui.parts.lazy_card import LazyCard

Give = Callable[[LazyCard, Document, View], None]


@pytest.fixture
def give(qtbot: QtBot) -> Give:
    """Gives a card a document, which is shown once, and a view."""
    kept: list[Shown] = []

    def given(card: LazyCard, document: Document, view: View) -> None:
        if not card.isVisible():
            qtbot.addWidget(card)
            card.resize(520, 150)
            card.show()
        if not kept or kept[-1].document != document:
            kept.append(show(document))
        card.show_view(kept[-1], view)
        qtbot.waitUntil(lambda: not card.busy, timeout=60_000)

    return given
