"""What the picture of gradients says in words and formulas."""

import pytest

from explorer.session.document import show
from explorer.session.reach.loop import loop_shown
from explorer.session.reach.path import Passed
from explorer.session.reach.reach import Reach, Trend, reach_of
from explorer.ui.reach.words import (
    cell_lines,
    cell_words,
    loop_words,
    passed_words,
    path_pieces,
    radius_lines,
    spectrum_words,
    verdict_lines,
    verdict_words,
)
from explorer.ui.typography.typesetting import typeset
from tests.each import each
from tests.session.shown import KINDS, example, linear
from tests.settings import a_document


def reach(architecture: str, feedback: str | None = None, T: int = 4) -> Reach:
    return reach_of(example(architecture, feedback, T).trace)


def test_a_cell_says_its_whole_number_and_its_share() -> None:
    found = linear(0.5)
    assert cell_words(found, 4, 2) == f"‖∂L(4)/∂h(2)‖ = {found.norm(4, 2)!r}\n0.250 times that at h(4)"
    assert cell_words(found, 4, 4) == f"‖∂L(4)/∂h(4)‖ = {found.norm(4, 4)!r}"


def test_an_empty_cell_says_why() -> None:
    assert cell_words(reach("hidden_to_hidden"), 1, 3) == ("h(3) comes after L(1): that loss does not depend on it.")
    assert cell_words(reach("sequence_to_one"), 2, 1) == "There is no L(2): this network has one loss, at τ = 4."
    in_tree = reach_of(show(a_document("recursive_tree", "majority", feedback=None, length=4)).trace)
    assert cell_words(in_tree, 2, 1) == "There is no L(2): this network has one loss, at the root."
    assert cell_words(reach("output_to_hidden", "teacher_forcing"), 3, 1) == (
        "‖∂L(3)/∂h(1)‖ is exactly 0: step 3 is fed the target y(2)."
    )
    assert "though the way is open" in cell_words(linear(1e-200), 5, 1)
    assert cell_words(linear(1e200), 5, 1) == "‖∂L(5)/∂h(1)‖ is beyond what a float can hold."


@pytest.mark.parametrize(
    ("factor", "lines"),
    [(0.5, ("× 0.50 a step", "vanishing")), (2.0, ("× 2.0 a step", "exploding")), (1e200, ("exploding",))],
)
def test_the_verdict_is_a_name_with_a_factor(factor: float, lines: tuple[str, ...]) -> None:
    assert verdict_lines(linear(factor).verdict) == lines


def test_the_verdict_explains_itself_with_its_criterion() -> None:
    said = verdict_words(linear(0.5).verdict)
    assert said.startswith(
        "Vanishing: of the gradient of L(5), h(1) gets 0.0625 times what h(5) gets, "
        "a factor 0.500 for each of 4 steps.\n"
    )
    assert "below 0.7 per step" in said and "above 1.4" in said and "1/1000" in said
    cut = reach("output_to_hidden", "teacher_forcing").verdict
    assert cut.trend is Trend.CUT and verdict_lines(cut) == ("all cut",)
    assert verdict_lines(linear(0.5, length=2).verdict) == ()
    assert verdict_words(linear(0.5, length=2).verdict).startswith("No way back here is 3 steps long")


def test_the_loop_is_named_by_its_matrix() -> None:
    both = loop_shown(reach("hidden_and_output", "free_running_yhat"), 2)
    assert spectrum_words(both).startswith("Eigenvalues of W + R J V, J\u00a0=\u00a0∂ŷ(2)/∂o(2): h(t) comes back")
    (long, short) = radius_lines(both)
    assert long.startswith("ρ(W + R J V) = ") and short.startswith("ρ = ")
    assert "largest singular value" in loop_words(both)
    none = loop_shown(reach("output_to_hidden", "teacher_forcing"), 2)
    assert radius_lines(none) == () and spectrum_words(none) == loop_words(none) == none.words


@each(("architecture", "feedback"), KINDS)
def test_the_product_is_typeset_for_every_network(architecture: str, feedback: str | None) -> None:
    found = reach(architecture, feedback)
    parts = path_pieces(found, 4, 1)
    assert all(typeset(piece).svg is not None for part in parts for piece in part)
    # One formula fits all factors, unless a mixed feedback opens another way at some of them, or none is open.
    fits = feedback not in ("mixed_yhat", "mixed_o") and bool(found.loop and found.loop.paths)
    assert len(parts) == (3 if fits else 2)


def test_each_factor_is_the_slope_times_the_matrix_of_the_loop() -> None:
    def factor(architecture: str, feedback: str | None = None) -> list[str]:
        return [typeset(piece).text for piece in path_pieces(reach(architecture, feedback), 4, 1)[2][2:]]

    slope = "diag(1 − (h^(i + 1))^2)"
    assert factor("hidden_to_hidden") == [slope, "W"]
    assert factor("output_to_hidden", "free_running_yhat") == [slope, "W J^(i) V"]
    assert factor("hidden_and_output", "free_running_o") == [slope, "(W + R V)"]
    assert [*path_pieces(linear(2.0), 4, 1)[2][2:]] == [r"\textcolor{parameter}{W}"]


def test_a_number_on_one_line_has_shorter_forms() -> None:
    assert cell_lines(linear(0.0), 3, 1) == ("‖∂L(3)/∂h(1)‖ = 0", "at h(1): 0", "0")


def test_a_step_on_the_path_says_its_norms() -> None:
    assert passed_words(5, Passed(2, 0.5, 0.125)) == (
        "factor ‖∂h(3)/∂h(2)‖ = 0.50000\nproduct so far ‖∂h(5)/∂h(2)‖ = 0.12500"
    )
    assert passed_words(5, Passed(4, 0.5, 0.5)) == "‖∂h(5)/∂h(4)‖ = 0.50000"
