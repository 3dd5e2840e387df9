"""Indices of symbols are lowered wherever they are written: in labels as HTML, in painted texts part by part."""

from explorer.ui.typography.indices import lowered, parts, with_indices


def test_the_index_of_a_symbol_is_lowered_and_nothing_else() -> None:
    assert with_indices("a_g2(3) is W_f h < 1") == "a<sub>g2</sub>(3) is W<sub>f</sub> h &lt; 1"
    assert list(parts("b_g[1], loss")) == [("b", False), ("g", True), ("[1], loss", False)]
    for text in ("", "1 < 2", "teacher_forcing", "h₂(3)"):
        assert lowered(text) == text and list(parts(text)) == [(text, False)]
