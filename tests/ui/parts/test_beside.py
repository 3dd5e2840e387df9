"""A card stands beside what it is about: within its window, and not over the thing where any side has room."""

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRect, QSize

from explorer.ui.parts.beside import GAP, beside

WINDOW = QRect(6, 6, 1000, 628)


@given(
    st.integers(6, 980), st.integers(6, 600), st.integers(1, 700), st.integers(1, 400), st.integers(1, 500),
    st.integers(1, 600),
)  # fmt: skip
def test_a_card_is_whole_in_the_window_and_covers_nothing_where_there_is_room(
    x: int, y: int, w: int, h: int, width: int, height: int
) -> None:
    thing, size = QRect(x, y, w, h).intersected(WINDOW), QSize(width, height)
    card = QRect(beside(thing, size, WINDOW), size)
    assert WINDOW.contains(card)
    aside = max(thing.left() - WINDOW.left(), WINDOW.right() - thing.right()) >= width + GAP
    above = max(thing.top() - WINDOW.top(), WINDOW.bottom() - thing.bottom()) >= height + GAP
    assert not card.intersects(thing) or not (aside or above)
