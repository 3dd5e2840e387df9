"""The derivation as LaTeX and Markdown, every event with its numbers; the graph as TikZ. LaTeX typesets all of it."""

import re
import shutil
import subprocess
from math import tanh
from pathlib import Path

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from explorer.architectures import architectures
from explorer.export.derivation.parts import matrix, passages
from explorer.export.derivation.tex import in_tex
from explorer.export.format import Material, Options, of_trace
from explorer.export.formats import formats, get_format
from explorer.graph.drawn import drawn
from explorer.session.equations.figures import Figures
from tests.each import each
from tests.oracles.examples import some_feedbacks
from tests.oracles.traces import APP_NETWORKS, run_trace, traced
from tests.settings import FOUR


def material(id: str, feedback: str | None = None, T: int = 2, fold: float = 0.0) -> Material:
    found = of_trace(traced(architectures()[id], feedback, T=T).trace)
    return replace(found, view=replace(found.view, fold=fold))


def written(id: str, of: Material, options: Options = Options()) -> str:  # noqa: B008
    write = get_format(id).write
    assert write is not None
    content = write(of, options)
    assert isinstance(content, str)
    return content


def body(document: str) -> str:
    return document.partition(r"\maketitle")[2].partition(r"\end{document}")[0]


@pytest.mark.skipif(shutil.which("pdflatex") is None, reason="no TeX is installed")
def test_latex_typesets_every_kind_of_event_and_both_drawings_of_every_network(tmp_path: Path) -> None:
    """In one document, which takes a tenth of the time."""
    parts = []
    for architecture in architectures().values():
        feedback = some_feedbacks(architecture)[-1]
        if architecture.id in (*FOUR, "lstm", "leaky", "encoder_decoder", "vector_to_sequence"):
            parts.append(body(written("latex", material(architecture.id, feedback))))
        for fold in (0.0, 1.0):
            parts.append(written("tikz", material(architecture.id, feedback, T=3, fold=fold)))
    preamble = written("latex", material("hidden_to_hidden")).partition(r"\begin{document}")[0]
    packages = r"\usepackage{tikz}\usetikzlibrary{arrows.meta}"
    (tmp_path / "all.tex").write_text(
        "\n\n".join([preamble, packages, r"\begin{document}", *parts, r"\end{document}"]), encoding="ascii"
    )
    command = ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", "-draftmode", "all.tex"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False)
    assert done.returncode == 0, [line for line in done.stdout.decode(errors="replace").split("\n") if line[:1] == "!"]


@each(("architecture", "feedback"), APP_NETWORKS)
def test_each_event_is_said_once_in_order_with_numbers(architecture, feedback):
    found = of_trace(traced(architecture, feedback, T=3).trace)
    said = list(passages(found, Options()))
    assert [passage.phase for passage in said] == [event.phase.called for event in found.events]
    for passage in said:
        assert passage.caption.endswith(".")
        assert passage.lines
    assert sum(r"\begin{bmatrix}" in line.tex for passage in said for line in passage.lines) > len(said) // 2


def test_why_a_matrix_is_transposed_is_said_where_it_first_is():
    said = [passage.caption for passage in passages(material("hidden_to_hidden"), Options())]
    for why in ("V takes 4 ", "W takes 4 ", "Row i, column j of W "):
        assert sum(why in caption for caption in said) == 1


def test_the_current_event_alone():
    found = material("hidden_to_hidden")
    current = replace(found, view=replace(found.view, cursor=3))
    (passage,) = passages(current, Options(events="current"))
    assert passage.title == "o at step 1"
    assert list(passages(replace(found, view=replace(found.view, cursor=0)), Options(events="current"))) == []


def test_a_vector_is_a_column_and_transposed_a_row():
    found = material("hidden_to_hidden")
    outer = next(p for p in passages(found, Options()) if p.title == "∇ with respect to V")
    numbers = outer.lines[-1].tex
    assert re.search(r"= \\begin\{bmatrix\} \S+ \\\\ \S+ \\\\ \S+ \\end", numbers)
    assert re.search(r"\\begin\{bmatrix\} \S+ & \S+ & \S+ & \S+ \\end", numbers)


def test_numbers_are_those_of_the_screen_and_come_out_again():
    found = material("hidden_to_hidden")
    first = next(p for p in passages(found, Options()) if p.title == "h at step 1")
    operand, result = re.findall(r"\\begin\{bmatrix\} (.*?) \\end", first.lines[-1].tex)
    for a, h in zip(operand.split(r" \\ "), result.split(r" \\ "), strict=True):
        assert tanh(float(a)) == pytest.approx(float(h), abs=0.51 * 10 ** -len(h.partition(".")[2]))


def test_a_number_with_a_power_of_ten_of_its_own():
    tex = matrix(Figures(np.array([-4.5e-5, 0.0]), 1, apart=True))
    assert tex == r"\begin{bmatrix} -4.5 \cdot 10^{-5} \\ 0 \end{bmatrix}"


@pytest.mark.parametrize(("architecture", "feedback"), APP_NETWORKS[::5])
def test_of_a_batch_the_first_sequence_is_told_by_itself(architecture, feedback):
    batch = traced(architecture, feedback, T=3, B=3, weighted=architecture.output is not None).trace
    one = run_trace(batch.network, batch.sizes, batch.parameters, batch.batch.sequences(0, 1))
    assert list(passages(of_trace(batch), Options())) == list(passages(of_trace(one), Options()))
    assert "sequence 1 of 3" in written("markdown", of_trace(batch))


@given(st.text(alphabet=st.characters(codec="utf-8", categories=["L", "N", "P", "S", "Z"]), max_size=12))
@example("ῑ{̃")
@settings(max_examples=60)
def test_any_sentence_is_ascii_with_its_braces_in_pairs(text: str) -> None:
    tex = in_tex(text)
    assert tex.isascii()
    bare = re.sub(r"\\.", "", tex)
    assert bare.count("{") == bare.count("}")
    assert bare.count("$") % 2 == 0


def test_symbols_in_a_sentence_are_formulas():
    assert in_tex("ŷ(3) and W⁽¹⁾ h₁") == r"$\hat{y}$(3) and W$^{(1)}$ h$_{1}$"
    assert in_tex("Eᵀ") == r"E$^\top$"
    assert in_tex("a_q(3), 50 % of α") == r"$a_{q}$(3), 50 \% of $\alpha$"
    assert in_tex("中") == r"\texttt{U+4E2D}"


def test_markdown_has_a_heading_for_each_event_and_formulas_between_dollars():
    found = material("lstm")
    text = written("markdown", found)
    assert text.startswith("# LSTM (fig. 10.16)\n")
    assert text.count("\n### ") == len(found.events)
    assert text.count("\n$$\n") % 2 == 0


@each("fold", [0.0, 1.0])
@each(("architecture", "feedback"), APP_NETWORKS)
def test_tikz_has_a_circle_for_each_node_and_leads_every_arrow_to_one_and_through_none(architecture, feedback, fold):
    found = of_trace(traced(architecture, feedback, T=3).trace)
    text = written("tikz", replace(found, view=replace(found.view, fold=fold)))
    number = r"(-?[\d.]+)"
    circles = [
        (float(x), float(y), float(size) / 2 / 0.024)
        for size, x, y in re.findall(rf"\[(?:unit|outside)={number}cm[^\]]*\] at \({number}, {number}\)", text)
    ]
    draws = re.findall(r"\\draw\[->\] (.*);", text)
    graph = drawn(found.trace.graph, closed=True)
    unfolded = {*graph.vertices, *graph.boundary}
    assert len(circles) == (len({vertex.name for vertex in graph.vertices}) if fold else len(unfolded))
    assert draws
    for draw in draws:
        places = [tuple(map(float, place)) for place in re.findall(rf"(?:^|-- |\.\. )\({number}, {number}\)", draw)]
        outside = [min(((x - a) ** 2 + (y - b) ** 2) ** 0.5 - r for a, b, r in circles) for x, y in places]
        assert abs(outside[-1]) < 0.5 and min(outside) > -0.5
    through_time = found.trace.network.tree is None and any(edge.lag for edge in found.trace.graph.edges)
    assert ("fill, inner sep" in text) == (fold == 1.0 and through_time)


@pytest.mark.parametrize("fold", [0.0, 1.0], ids=["unfolded", "folded"])
def test_tikz_is_as_large_as_fits_into_a_size(fold):
    found = material("hidden_and_output", "teacher_forcing", fold=fold)
    text = formats()["tikz"].write(found, Options(size="960x480"))
    scale = float(re.search(r"scale=([\d.]+), transform shape", text)[1])
    places = [tuple(map(float, place)) for place in re.findall(r"\((-?[\d.]+), (-?[\d.]+)\)", text)]
    sides = [scale * 0.024 / 2.54 * 96 * (max(values) - min(values)) for values in zip(*places, strict=True)]
    assert sides[0] <= 960 and sides[1] <= 480 and (sides[0] > 720 or sides[1] > 360)


def test_tikz_says_by_what_a_loss_counts_where_that_is_not_once():
    trace = traced(architectures()["hidden_to_hidden"], None, T=3, weighted=True).trace
    text = written("tikz", of_trace(trace))
    said = [float(number) for number in re.findall(r"\$\\times ([\d.]+)\$", text)]
    assert said == pytest.approx(trace.batch.loss_weights[:, 0], abs=5e-3)
    assert r"\times" not in written("tikz", material("hidden_to_hidden"))


def test_a_long_sequence_leaves_its_middle_out():
    assert written("tikz", material("hidden_to_hidden", T=30)).count(r"$\cdots$") > 3


def test_every_format_says_what_it_is():
    for format in formats().values():
        assert (format.write is None) != (format.frames is None)
        assert format.title and format.about and set(format.heeds) <= set(Options.__struct_fields__)
