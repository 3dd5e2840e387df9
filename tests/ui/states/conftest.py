"""The cards are given documents as those on long-term dependencies are."""

from tests.ui.longterm.conftest import give as give
