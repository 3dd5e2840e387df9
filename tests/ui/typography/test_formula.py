"""Formulas are typeset once, painted in any size and colour, and a mistake in one shows its source."""

from collections.abc import Iterator
from unicodedata import normalize

import numpy as np
import pytest
from PySide6.QtGui import QColor, QPainter
from pytestqt.qtbot import QtBot

from explorer.architectures import get_architecture
from explorer.graph.feedback import FEEDBACKS, connect
from explorer.ui.look.theme import LIGHT, Theme
from explorer.ui.typography import typesetting
from explorer.ui.typography.formula import Formula, coloured, prewarm
from explorer.ui.typography.formula_label import FormulaLabel, breakable_parts
from explorer.ui.typography.typesetting import typeset
from tests.settings import FOUR
from tests.ui.painting import painted, pixels, share_of

BOOK = {
    "10.8": r"a^{(t)} = b + W h^{(t-1)} + U x^{(t)}",
    "10.11": r"\hat{y}^{(t)} = \mathrm{softmax}(o^{(t)})",
    "10.14": r"-\sum_{t} \log p_{\mathrm{model}}\left(y^{(t)} \mid x^{(1)}, \ldots, x^{(t)}\right)",
    "10.18": r"\left(\nabla_{o^{(t)}} L\right)_i = \frac{\partial L}{\partial o_i^{(t)}}"
    r" = \hat{y}_i^{(t)} - \mathbf{1}_{i = y^{(t)}}",
    "10.19": r"\nabla_{h^{(\tau)}} L = V^{\top} \nabla_{o^{(\tau)}} L",
    "10.21": r"W^{\top} \left(\nabla_{h^{(t+1)}} L\right) \operatorname{diag}\left(1 - (h^{(t+1)})^2\right)",
    "10.26": r"\sum_t \mathrm{diag}\left(1 - (h^{(t)})^2\right) (\nabla_{h^{(t)}} L) \, {h^{(t-1)}}^{\top}",
    "cases": r"\begin{cases} 1 & a > 0 \\ 0 & \text{otherwise} \end{cases}",
    "matrix": r"\begin{bmatrix} 0.26 & -0.4 \\ 1 & 3 \times 10^{-10} \end{bmatrix} \odot \theta \leftarrow \eta",
    "norm": r"\left\| \frac{\partial L^{(k)}}{\partial h^{(t)}} \right\|",
}


def picture_of(formula: Formula, ground: QColor, scale: int = 1) -> np.ndarray:
    """RGB of the formula on a ground, with a margin of 2 px, at `scale` device pixels per px."""

    def paint(painter: QPainter) -> None:
        formula.paint(painter, 2, 2 + formula.baseline)

    return painted(paint, round(formula.width + 4), round(formula.height + 4), scale, ground.name())


def has_colour(picture: np.ndarray, colour: QColor) -> bool:
    return share_of(picture, colour, 2) > 0


@pytest.mark.parametrize("latex", BOOK.values(), ids=BOOK)
def test_the_equations_of_the_chapter_are_typeset(qapp: object, latex: str) -> None:
    formula = Formula(latex, 18)
    assert not formula.error
    assert 0 < formula.baseline < formula.height
    assert has_colour(picture_of(formula, LIGHT.surface, 2), LIGHT.text)


def test_every_symbol_that_is_declared_is_typeset(qapp: object) -> None:
    for architecture in map(get_architecture, FOUR):
        feedbacks = FEEDBACKS.values() if architecture.takes_feedback else [None]
        for feedback in feedbacks:
            for node in connect(architecture, feedback).nodes:
                assert not Formula(f"{node.symbol}^{{(t)}}", 18).error, node


def test_the_size_scales_every_measure(qapp: object) -> None:
    small, large = Formula(BOOK["10.18"], 10), Formula(BOOK["10.18"], 30)
    assert large.width == pytest.approx(3 * small.width)
    assert large.height == pytest.approx(3 * small.height)
    assert large.baseline == pytest.approx(3 * small.baseline)


def test_nothing_is_clipped(qapp: object) -> None:
    for latex in BOOK.values():
        image = picture_of(Formula(latex, 18), LIGHT.surface, 2)
        frame = np.concatenate([image[0], image[-1], image[:, 0], image[:, -1]])
        assert (frame == 255).all(), latex


def test_parts_take_the_colour_of_their_meaning(theme: Theme) -> None:
    formula = Formula(coloured(r"\nabla_{h} L", "backward") + " = V", 20)
    image = picture_of(formula, theme.surface, 3)
    assert has_colour(image, theme.backward.text)
    assert has_colour(image, theme.text)
    assert not has_colour(image, theme.target.text)


def test_an_unknown_role_is_refused() -> None:
    with pytest.raises(ValueError, match="no such role: backwards"):
        coloured("x", "backwards")


@pytest.mark.parametrize("latex", [r"\frac{a", r"\unheardof{x}", r"{", "", r"\begin{bmatrix} 1"])
def test_a_mistake_shows_the_source(qapp: object, latex: str) -> None:
    formula = Formula(latex, 18)
    assert formula.error
    assert formula.text == latex
    if latex:
        assert has_colour(picture_of(formula, LIGHT.surface, 3), LIGHT.text)


def test_a_formula_is_typeset_once_for_all_sizes(qapp: object, monkeypatch: pytest.MonkeyPatch) -> None:
    latex = r"q + 12345"
    Formula(latex, 18)

    def fail(mathml: str) -> None:
        raise AssertionError("typeset again")

    monkeypatch.setattr(typesetting, "_drawn", fail)
    for formula in (Formula(latex, 40), Formula(latex, 9)):
        assert not formula.error


@pytest.mark.parametrize(
    ("latex", "text"),
    [
        (r"\hat{y}^{(t)} = \mathrm{softmax}(o^{(t)})", "ŷ^(t) = softmax(o^(t))"),
        (r"\frac{\partial L}{\partial o_i} = -0.5", "(∂L)/(∂o_i) = −0.5"),
        (r"\nabla_{\theta} L", "∇_θL"),
        (r"\begin{bmatrix} 1 & 2 \\ 3 & 4 \end{bmatrix}", "[1, 2; 3, 4]"),
    ],
)
def test_a_formula_can_be_read_aloud(latex: str, text: str) -> None:
    assert normalize("NFC", typeset(latex).text) == text


def test_prewarming_typesets_one_formula_a_turn_and_stops(qapp: object, qtbot: QtBot) -> None:
    latexes = [rf"q_{{{i}}} + 777" for i in range(4)]
    before = typeset.cache_info()
    timer = prewarm(latexes, qapp)
    assert typeset.cache_info().misses == before.misses
    qtbot.waitUntil(lambda: not timer.isActive())
    assert typeset.cache_info().misses == before.misses + 4
    for latex in latexes:
        typeset(latex)
    assert typeset.cache_info().misses == before.misses + 4


def test_prewarming_asks_for_a_formula_when_its_turn_comes(qapp: object, qtbot: QtBot) -> None:
    asked: list[int] = []

    def formulas() -> Iterator[str]:
        for i in range(50):
            asked.append(i)
            yield rf"r_{{{i}}} - 888"

    timer = prewarm(formulas(), qapp)
    assert asked == []
    qtbot.waitUntil(lambda: len(asked) >= 3)
    timer.stop()
    assert len(asked) < 50


@pytest.mark.parametrize(
    ("latex", "parts"),
    [
        ("a = b + c", ["a ", "= b ", "+ c"]),
        ("a = -b", ["a ", "= -b"]),
        (r"-\log p", [r"-\log p"]),
        (r"x^{a+b} = (c + d) \left[ e - f \right]", ["x^{a+b} ", r"= (c + d) \left[ e - f \right]"]),
    ],
)
def test_formulas_break_before_outer_operators(latex: str, parts: list[str]) -> None:
    assert breakable_parts(latex) == parts
    assert "".join(parts) == latex


@pytest.mark.parametrize("latex", ["a = b + c - d", r"g \leftarrow g - \eta \, u", r"x = -y + \frac{1}{2} z"])
def test_widths_of_parts_add_up_to_that_of_the_line(latex: str) -> None:
    parts = breakable_parts(latex)
    around_a_sign = 0.55  # em, which it has between two parts, but not in front of a line
    spaces = around_a_sign * sum(part[0] in "+-" for part in parts[1:])
    assert sum(Formula(part, 1.0).width for part in parts) + spaces == pytest.approx(
        Formula(latex, 1.0).width, abs=0.06
    )


def test_a_label_breaks_its_formula_where_it_is_too_wide(qtbot: QtBot) -> None:
    label = FormulaLabel(BOOK["10.8"] + " + R f^{(t-1)}")
    qtbot.addWidget(label)
    wide = label.sizeHint()
    narrow = wide.width() // 2
    assert label.heightForWidth(wide.width()) == wide.height()
    assert label.heightForWidth(narrow) > 1.5 * wide.height()
    label.resize(narrow, label.heightForWidth(narrow))
    picture = pixels(label.grab().toImage())
    assert (picture[:, -1] == picture[0, -1]).all(), "the right edge is free"
    assert label.heightForWidth(1) > 0


def test_a_label_follows_its_formula_and_names_itself(qtbot: QtBot) -> None:
    label = FormulaLabel(r"h^{(t)}")
    qtbot.addWidget(label)
    assert label.accessibleName() == "h^(t)"
    before = label.sizeHint()
    label.set_latex(r"h^{(t)} = \tanh a^{(t)}")
    assert label.sizeHint().width() > before.width()
    assert label.accessibleName() == "h^(t) = tanh" + "a^(t)"
    label.set_latex("")
    assert label.accessibleName() == ""
    label.grab()


def test_all_that_a_layout_asks_about_a_formula_is_known_ahead(qtbot: QtBot) -> None:
    label = FormulaLabel("x_{71}")
    qtbot.addWidget(label)
    label.resize(400, 40)
    label.heightForWidth(120)
    formula = " + ".join(f"x_{{{place}}}" for place in range(72, 80))
    for latex in (formula, *breakable_parts(formula), *label.lines_of(formula)):
        typeset(latex)
    before = typeset.cache_info().misses
    label.set_latex(formula)
    assert label.heightForWidth(120) > label.heightForWidth(400)
    assert typeset.cache_info().misses == before
