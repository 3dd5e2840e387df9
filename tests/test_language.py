"""Texts with values in them, for one of something and for several."""

import doctest

from explorer import language
from explorer.language import tr


def test_texts_say_what_their_examples_say() -> None:
    assert doctest.testmod(language).failed == 0


def test_a_text_without_values_keeps_its_braces() -> None:
    assert tr(r"\mathbf{h}") == r"\mathbf{h}"
