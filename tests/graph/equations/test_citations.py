"""Every value and gradient is cited as the book numbers it, by a table written from the book."""

import pytest
from msgspec.structs import replace

from explorer.architectures import architectures, get_architecture
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

OF_EACH_STEP = {(kind, name) for kind in (V, G) for name in ("o", "yhat", "L")}
"""What a network with a single output does not have at step 2."""

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


LSTM_VALUES = {
    "f": "eq. 10.40",
    "a_f": "part of eq. 10.40",
    "s": "eq. 10.41",
    "v": "part of eq. 10.41",
    "a_v": "part of eq. 10.41",
    "g": "eq. 10.42",
    "a_g": "part of eq. 10.42",
    "h": "eq. 10.43",
    "tanh_s": "part of eq. 10.43",
    "q": "eq. 10.44",
    "a_q": "part of eq. 10.44",
}


def lstm(cited: str, *layers: str) -> Table:
    """Cells one above the other, whose nodes and parameters end in the mark of their layer."""
    nodes = " ".join(name + layer for name in LSTM_VALUES for layer in layers)
    parameters = " ".join(f"{kind}_{gate}{layer}" for kind in "bUW" for gate in "gfvq" for layer in layers)
    values = {(V, name + layer): equation for name, equation in LSTM_VALUES.items() for layer in layers}
    return {**OUTPUT, **without_equation(cited, nodes, parameters), **values}


def gru(past: str, bias: str = "") -> Table:
    """A unit that makes the node `past` of h(t−1), with this second bias if it has one."""
    return {
        **OUTPUT,
        **without_equation(
            "section 10.10.2", f"h k v a_v {past} r u a_r a_u", f"b_r U_r W_r b_u U_u W_u b_v U_v W_v {bias}"
        ),
        (V, "h"): "eq. 10.45",
        **{(V, name): "part of eq. 10.45" for name in ("k", "v", "a_v", past)},
        (V, "u"): "eq. 10.46",
        (V, "a_u"): "part of eq. 10.46",
        (V, "r"): "eq. 10.47",
        (V, "a_r"): "part of eq. 10.47",
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
        {
            **OUTPUT,
            **STATE,
            **FED_BACK,
            (G, "o"): "eq. 10.18 · fig. 10.4",
            (G, "yhat"): "fig. 10.4",
            (G, "h"): "eq. 10.19",
        },
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
    pytest.param(LSTM, None, lstm("fig. 10.16", ""), id="10.16"),
    pytest.param(get_architecture("stacked_lstm"), None, lstm("section 10.5", "1", "2"), id="10.16, twice"),
    pytest.param(
        get_architecture("lstm_to_one"),
        None,
        {key: said for key, said in lstm("section 10.10", "").items() if key not in OF_EACH_STEP},
        id="10.16, one output",
    ),
    pytest.param(GRU, None, gru("m", "d"), id="10.10.2"),
    pytest.param(get_architecture("gru_book"), None, gru("p"), id="10.10.2, reset before W"),
]


DRAWN = {
    "autoregressive": ("fig. 10.8", "a h", "b W U"),
    "vector_to_sequence": ("fig. 10.9", "a h", "b W U R"),
    "encoder_decoder": ("fig. 10.12", "a_e e C a h", "b_e W_e U_e b W R Q"),
    "attention": ("section 12.4.5.1", "a_e e E q s alpha C a h", "b_e W_e U_e b_q W_q b W R Q"),
    "bidirectional": ("fig. 10.11", "a h a_g g", "b W U b_g W_g U_g V_g"),
    "deep_stacked": ("fig. 10.13a", "a1 h1 a2 h2", "b1 W1 U1 b2 W2 U2"),
    "deep_transition": ("fig. 10.13b", "a_z z a h", "b_z W U b M"),
    "deep_skip": ("fig. 10.13c", "a_z z a h", "b_z W U b M S"),
    "recursive_tree": ("fig. 10.14", "a h", "b V U W Q"),
    "echo_state": ("section 10.8", "a h", "W U"),
    "skip_in_time": ("section 10.9.1", "a h", "b W W_d U"),
    "leaky": ("section 10.9.2", "a v h", "b W U alpha"),
}
"""Of these the book has the figure or the section alone: it stands beside each of their own nodes and parameters."""

AS_BEFORE = {"autoregressive", "vector_to_sequence", "encoder_decoder", "attention"}
"""Of these the output is read as in fig. 10.3."""

FORWARD_ONLY: dict[str, Table] = {
    "dynamical_system": {(V, "a"): "part of eq. 10.1", (V, "s"): "eq. 10.1"},
    "recurrent_state": {(V, "a"): "part of eq. 10.5", (V, "h"): "eq. 10.5"},
}
"""And these end before there is a loss."""


def cited(architecture: Architecture, feedback: str | None, t: int) -> Table:
    """What is cited at one of three steps, and of every parameter."""
    found = traced(architecture, feedback, T=3)
    cites = [event for event in found.events if event.kind in (V, G, P, Kind.TOTAL_LOSS) and event.t in (t, None)]
    return {(event.kind, event.name): equation_of(found.trace, event).source for event in cites}


@pytest.mark.parametrize(("architecture", "feedback", "truth"), TRUTHS)
def test_it_is_cited_as_in_the_book(architecture: Architecture, feedback: str | None, truth: Table) -> None:
    assert cited(architecture, feedback, 2) == truth


@pytest.mark.parametrize("id", [id for id in DRAWN if id in architectures()])
def test_what_no_equation_says_is_cited_by_its_figure_or_its_section(id: str) -> None:
    figure, nodes, parameters = DRAWN[id]
    own = {(kind, name): figure for kind in (V, G) for name in nodes.split()}
    read = {} if id in AS_BEFORE else {(V, "o"): figure, (P, "c"): figure, (P, "V"): figure}
    truth = {**OUTPUT, **own, **{(P, name): figure for name in parameters.split()}, **read}
    network = get_architecture(id)
    said = cited(network, "teacher_forcing" if network.takes_feedback else None, 2)
    assert said == {(kind, name): figure for (kind, name), figure in truth.items() if (kind, name) in said}
    once = {node.name for node in network.nodes if node.span.single}
    assert {name for _, name in truth.keys() - said.keys()} <= once, "the others are there at step 2"


@pytest.mark.parametrize("id", FORWARD_ONLY)
def test_the_first_equations_of_the_chapter_are_cited(id: str) -> None:
    assert cited(get_architecture(id), None, 2) == FORWARD_ONLY[id]


def test_every_network_is_in_a_table() -> None:
    told = {case.values[0].id for case in TRUTHS if isinstance(case.values[0], Architecture)}
    assert architectures().keys() <= told | DRAWN.keys() | FORWARD_ONLY.keys()


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
