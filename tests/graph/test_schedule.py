"""Only what is on a cycle runs step by step; what no order of steps can compute is refused with a reason."""

import pytest

from explorer.architectures import get_architecture
from explorer.errors import ExplorerError
from explorer.graph.architecture import Architecture
from explorer.graph.compute.program import Program
from explorer.graph.declaration import LAST, Activation, Bias, Gather, Linear, MatrixProduct, Node, Ref, Scaled
from explorer.graph.feedback import connect, get_feedback
from explorer.graph.schedule import schedule
from tests.oracles.declarations import (
    BIDIRECTIONAL,
    ENCODER_DECODER,
    GRU,
    LAG_TWO,
    LSTM,
    TWO_LAYERS,
    X,
    hidden,
    net,
    output,
    total,
)

Loops = list[tuple[set[str], int]]


def loops(architecture: Architecture, feedback: str | None = None) -> Loops:
    """The nodes and the direction of every component that runs step by step, in the order of the schedule."""
    network = connect(architecture, get_feedback(feedback) if feedback else None)
    return [
        ({node.name for node in component.nodes}, component.direction)
        for component in schedule(network)
        if component.direction
    ]


@pytest.mark.parametrize(
    ("id", "feedback", "expected"),
    [
        ("hidden_to_hidden", None, [({"a", "h"}, 1)]),
        ("sequence_to_one", None, [({"a", "h"}, 1)]),
        ("hidden_and_output", "teacher_forcing", [({"a", "h"}, 1)]),
        ("hidden_and_output", "free_running_o", [({"a", "h", "o"}, 1)]),
        ("output_to_hidden", "free_running_o", [({"a", "h", "o"}, 1)]),
        ("output_to_hidden", "free_running_yhat", [({"a", "h", "o", "yhat"}, 1)]),
        ("output_to_hidden", "free_running_argmax", [({"a", "h", "o", "argmax"}, 1)]),
        ("output_to_hidden", "free_running_sample", [({"a", "h", "o", "yhat", "sample"}, 1)]),
        ("output_to_hidden", "mixed_yhat", [({"a", "h", "o", "yhat", "f"}, 1)]),
    ],
)
def test_a_network_of_the_book_loops_over_its_recurrence_alone(id: str, feedback: str | None, expected: Loops) -> None:
    assert loops(get_architecture(id), feedback) == expected


def test_teacher_forcing_on_fig_10_4_leaves_no_loop_at_all() -> None:
    """Section 10.2.1: training can be parallelised, the gradient of each step computed in isolation."""
    assert loops(get_architecture("output_to_hidden"), "teacher_forcing") == []


def test_an_lstm_is_one_loop_of_all_its_gates() -> None:
    ((members, direction),) = loops(LSTM)
    assert members == {"a_g", "g", "a_f", "f", "a_v", "v", "a_q", "q", "s", "tanh_s", "h"}
    assert direction == 1


def test_a_gru_is_one_loop_of_all_its_gates() -> None:
    ((members, direction),) = loops(GRU)
    assert members == {"a_r", "r", "a_u", "u", "m", "a_v", "v", "k", "h"}
    assert direction == 1


def test_a_bidirectional_network_has_a_loop_each_way() -> None:
    assert loops(BIDIRECTIONAL) == [({"a", "h"}, 1), ({"a_g", "g"}, -1)]


def test_layers_loop_one_after_the_other() -> None:
    assert loops(TWO_LAYERS) == [({"a1", "h1"}, 1), ({"a2", "h2"}, 1)]


def test_a_longer_lag_joins_the_same_loop() -> None:
    assert loops(LAG_TWO) == [({"a", "h"}, 1)]


def test_an_encoder_has_finished_before_its_decoder_starts() -> None:
    assert loops(ENCODER_DECODER, "teacher_forcing") == [({"a_e", "e"}, 1), ({"a_h", "h"}, 1)]
    assert loops(ENCODER_DECODER, "free_running_o") == [({"a_e", "e"}, 1), ({"a_h", "h", "o"}, 1)]


@pytest.mark.parametrize("architecture", [LSTM, GRU, BIDIRECTIONAL, TWO_LAYERS, LAG_TWO])
def test_every_node_is_scheduled_once_and_after_what_it_reads_at_its_own_step(
    architecture: Architecture,
) -> None:
    order = [node.name for component in schedule(connect(architecture)) for node in component.nodes]
    assert sorted(order) == sorted(node.name for node in architecture.nodes)
    for node in architecture.nodes:
        for source in node.operation.sources:
            if isinstance(source, Ref) and source.lag == 0:
                assert order.index(source.name) < order.index(node.name)


def impossible(*nodes: Node) -> Architecture:
    return net("impossible", X, *nodes, *output(Linear("V", Ref("h"))))


@pytest.mark.parametrize(
    ("architecture", "message"),
    [
        pytest.param(
            impossible(
                hidden("a", total(Linear("W", Ref("h", lag=1)), Linear("M", Ref("h", lag=-1)))),
                hidden("h", Activation(Ref("a"))),
            ),
            "^a, h depend on both their past and their future: no order computes them.$",
            id="both directions",
        ),
        pytest.param(
            impossible(hidden("a", total(Bias("b"), Linear("W", Ref("h")))), hidden("h", Activation(Ref("a")))),
            "^a, h depend on themselves within one time step.$",
            id="same step",
        ),
        pytest.param(
            impossible(hidden("h", total(Linear("W", Ref("h", lag=1))), span=LAST)),
            "^h reads h at a lag of 1, but there is one step alone; leave the lag out.$",
            id="recurrence at the last step alone",
        ),
        pytest.param(
            impossible(hidden("h", total(Linear("W", Ref("k")))), hidden("k", total(Linear("M", Ref("h"))), span=LAST)),
            "^h, k: what lives at one step alone cannot recur.$",
            id="recurrence on the last step",
        ),
        pytest.param(
            impossible(hidden("h", total(Scaled("alpha", Ref("o", lag=1))))),
            "^h has n_h units and takes o, of n_y, unit by unit; give them one size.$",
            id="another size, unit by unit",
        ),
        pytest.param(
            impossible(hidden("k", total(Linear("U", Ref("x"))), span=LAST), hidden("h", Activation(Ref("k")))),
            "^h reads one step of k at every step, which only a sum can do.$",
            id="one step at every step",
        ),
        pytest.param(
            impossible(hidden("h", Gather(Ref("x", every=True)))),
            "^h gathers all steps of x; give it the size T\\*n_x.$",
            id="a matrix of another size",
        ),
        pytest.param(
            impossible(hidden("k", total(Bias("b"))), hidden("h", total(MatrixProduct(Ref("x"), Ref("k"))))),
            "^h multiplies x with k, which takes a matrix of size n_h\\*n_h that lives once.$",
            id="a vector for a matrix",
        ),
        pytest.param(
            impossible(hidden("k", total(Bias("b"))), hidden("h", Activation(Ref("k", every=True)))),
            "^h reads k at one step, or at all: all steps are for a Gather, which lives once.$",
            id="all steps without a Gather",
        ),
    ],
)
def test_what_no_order_can_compute_is_refused(architecture: Architecture, message: str) -> None:
    with pytest.raises(ExplorerError, match=message):
        schedule(connect(architecture))


@pytest.mark.parametrize(
    ("nodes", "message"),
    [
        pytest.param(
            [hidden("h", total(Linear("U", Ref("xx"))))],
            "^There is no node called 'xx'",
            id="a node that is not there",
        ),
        pytest.param(
            [hidden("h", total(Linear("U", Ref("x")))), hidden("h", total(Bias("b")))],
            "^Two nodes are called h; give each a name of its own.$",
            id="one name for two nodes",
        ),
        pytest.param(
            [hidden("h", total(Linear("W", Ref("h", lag=1)), Linear("W", Ref("x"))))],
            "^W would be n_h × n_h and n_h × n_x at once, the latter in h; give each a parameter of its own.$",
            id="one matrix for two shapes",
        ),
        pytest.param(
            [hidden("a", total(Bias("b"))), hidden("h", Activation(Ref("a"), "sigmoi"))],
            "^There is no function called 'sigmoi'; did you mean 'sigmoid'\\?$",
            id="a function that is not there",
        ),
    ],
)
def test_a_slip_in_a_declaration_is_said_in_a_sentence(nodes: list[Node], message: str) -> None:
    with pytest.raises(ExplorerError, match=message):
        Program(connect(impossible(*nodes)), {"n_x": 2, "n_h": 3, "n_y": 2}, T=2, B=1)
