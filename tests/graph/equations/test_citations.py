"""Every value and gradient is cited as the book numbers it, by a table written from the book."""

import pytest
from msgspec.structs import replace

from explorer.architectures import get_architecture
from explorer.graph.analyse.events import Kind
from explorer.graph.architecture import Architecture
from explorer.graph.equations.by_event import equation_of
from explorer.graph.output import LINEAR, SIGMOID
from tests.oracles.declarations import GRU, LSTM
from tests.oracles.traces import traced

V, G, P = Kind.VALUE, Kind.GRADIENT, Kind.PARAMETER_GRADIENT
Table = dict[tuple[Kind, str], str]

OUTPUT: Table = {
    (V, "o"): "eq. 10.10",
    (V, "yhat"): "eq. 10.11",
    (V, "L"): "eq. 10.14",
    (Kind.TOTAL_LOSS, "L"): "eq. 10.13",
    (G, "L"): "eq. 10.17",
    (G, "o"): "eq. 10.18",
    (P, "c"): "eq. 10.22",
    (P, "V"): "eq. 10.24",
}
"""Section 10.2, what all networks with a softmax at the end share."""

STATE: Table = {
    (V, "h"): "eq. 10.9",
    (G, "h"): "eq. 10.20",
    (G, "a"): "part of eq. 10.21",
    (P, "b"): "eq. 10.23",
    (P, "W"): "eq. 10.26",
    (P, "U"): "eq. 10.28",
}
"""Sections 10.2 and 10.2.2: the recurrent state and its gradient before the last step."""

FED_BACK: Table = {
    (V, "a"): "eq. 10.8 · fig. 10.4",
    (P, "W"): "as eq. 10.26",
}
"""What fig. 10.4 draws and no equation says."""


def without_equation(cited: str, nodes: str, parameters: str) -> Table:
    """Of these the book has the network only; it leaves back-propagation through gates to the reader."""
    return {
        **{(G, name): cited for name in nodes.split()},
        **{(P, name): cited for name in parameters.split()},
        **{(V, "o"): cited, (P, "c"): cited, (P, "V"): cited},
    }


TRUTHS = [
    pytest.param(
        get_architecture("hidden_to_hidden"), None, {**OUTPUT, **STATE, (V, "a"): "eq. 10.8 · fig. 10.3"}, id="10.3"
    ),
    pytest.param(
        get_architecture("sequence_to_one"),
        None,
        {
            **STATE,
            (V, "a"): "eq. 10.8 · fig. 10.5",
            (P, "c"): "eq. 10.22",
            (P, "V"): "eq. 10.24",
            (Kind.TOTAL_LOSS, "L"): "eq. 10.13",
        },
        id="10.5",
    ),
    pytest.param(
        get_architecture("output_to_hidden"),
        "free_running_yhat",
        {**OUTPUT, **STATE, **FED_BACK, (G, "o"): "eq. 10.18 · fig. 10.4", (G, "yhat"): "fig. 10.4"},
        id="10.4",
    ),
    pytest.param(
        get_architecture("output_to_hidden"),
        "teacher_forcing",
        {**OUTPUT, **STATE, **FED_BACK, (G, "h"): "eq. 10.19"},
        id="10.6",
    ),
    pytest.param(
        get_architecture("hidden_and_output"),
        "free_running_argmax",
        {
            **OUTPUT,
            **STATE,
            (V, "a"): "eq. 10.8 · fig. 10.10",
            (P, "R"): "as eq. 10.26",
            (V, "argmax"): "section 10.2.1",
        },
        id="10.10",
    ),
    pytest.param(
        get_architecture("hidden_and_output"),
        "mixed_sample",
        {
            **OUTPUT,
            **STATE,
            (V, "a"): "eq. 10.8 · fig. 10.10",
            (P, "R"): "as eq. 10.26",
            (V, "sample"): "section 10.2.3",
            (V, "f"): "section 10.2.1",
        },
        id="10.10-mixed",
    ),
    pytest.param(
        LSTM,
        None,
        {
            **OUTPUT,
            **without_equation(
                "fig. 10.16",
                "s tanh_s h g f v q a_g a_f a_v a_q",
                "b_g U_g W_g b_f U_f W_f b_v U_v W_v b_q U_q W_q",
            ),
            (V, "f"): "eq. 10.40",
            (V, "a_f"): "part of eq. 10.40",
            (V, "s"): "eq. 10.41",
            (V, "v"): "part of eq. 10.41",
            (V, "a_v"): "part of eq. 10.41",
            (V, "g"): "eq. 10.42",
            (V, "a_g"): "part of eq. 10.42",
            (V, "h"): "eq. 10.43",
            (V, "tanh_s"): "part of eq. 10.43",
            (V, "q"): "eq. 10.44",
            (V, "a_q"): "part of eq. 10.44",
        },
        id="10.16",
    ),
    pytest.param(
        GRU,
        None,
        {
            **OUTPUT,
            **without_equation("section 10.10.2", "h k v a_v m r u a_r a_u", "b_r U_r W_r b_u U_u W_u b_v U_v W_v d"),
            (V, "h"): "eq. 10.45",
            **{(V, name): "part of eq. 10.45" for name in ("k", "v", "a_v", "m")},
            (V, "u"): "eq. 10.46",
            (V, "a_u"): "part of eq. 10.46",
            (V, "r"): "eq. 10.47",
            (V, "a_r"): "part of eq. 10.47",
        },
        id="10.10.2",
    ),
]


def cited(architecture: Architecture, feedback: str | None, t: int) -> Table:
    """What is cited at one of three steps, and of every parameter."""
    found = traced(architecture, feedback, T=3)
    cites = [event for event in found.events if event.kind in (V, G, P, Kind.TOTAL_LOSS) and event.t in (t, None)]
    return {(event.kind, event.name): equation_of(found.trace, event).source for event in cites}


@pytest.mark.parametrize(("architecture", "feedback", "truth"), TRUTHS)
def test_it_is_cited_as_in_the_book(architecture: Architecture, feedback: str | None, truth: Table) -> None:
    assert cited(architecture, feedback, 2) == truth


def test_at_the_last_step_the_gradient_comes_from_its_output_alone() -> None:
    for id in ("hidden_to_hidden", "sequence_to_one"):
        said = cited(get_architecture(id), None, 3)
        assert said[G, "h"] == "eq. 10.19" and said[G, "o"] == "eq. 10.18"
    said = cited(get_architecture("output_to_hidden"), "free_running_yhat", 3)
    assert said[G, "h"] == "eq. 10.19" and said[G, "o"] == "eq. 10.18"


@pytest.mark.parametrize(("output", "section"), [(SIGMOID, "section 6.2.2.2"), (LINEAR, "section 6.2.2.1")])
def test_another_output_is_cited_by_the_section_it_stands_in(output, section: str) -> None:
    said = cited(get_architecture("hidden_to_hidden").with_output(output), None, 2)
    assert said[V, "L"] == said[G, "o"] == section
    assert said[V, "o"] == "eq. 10.10"
    assert said.get((V, "yhat"), section) == section


def test_what_a_network_without_figure_does_not_cite_has_no_citation() -> None:
    said = cited(replace(LSTM, figure=""), None, 2)
    assert said[G, "s"] == said[P, "W_f"] == "" and said[V, "s"] == "eq. 10.41"
