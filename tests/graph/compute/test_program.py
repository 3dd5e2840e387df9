"""One executor for stepping and training: frugal or not, float32 or not, once or many times, the same numbers."""

import numpy as np
import pytest
from msgspec.structs import replace

from explorer.architectures import get_architecture
from explorer.graph.architecture import Architecture
from explorer.graph.arrays import Array
from explorer.graph.batch import Batch
from explorer.graph.compute import blocks, lanes, networks
from explorer.graph.compute.program import Program
from explorer.graph.declaration import EVERY, ONCE, TREE, Activation, Bias, Given, Hadamard, Linear, Node, Ref, Span
from explorer.graph.feedback import FEEDBACKS, connect, get_feedback
from tests.each import each
from tests.oracles.declarations import LAG_TWO, SKIP_IN_TIME, hidden, net, output, total
from tests.oracles.examples import (
    EVERY_NETWORK,
    SIZES,
    computed,
    gradient_error,
    load,
    random_batch,
    smooth_seed,
)


def check_that_keeping_changes_no_number(architecture: Architecture, feedback: str | None) -> None:
    kept = computed(architecture, feedback, keep=True)
    frugal = computed(architecture, feedback, keep=False)
    np.testing.assert_allclose(kept.loss_per_step, frugal.loss_per_step, rtol=0, atol=1e-14)
    np.testing.assert_allclose(kept.memory.theta_gradient, frugal.memory.theta_gradient, rtol=0, atol=1e-14)


@each(("architecture", "feedback"), EVERY_NETWORK)
def test_keeping_everything_changes_no_number(architecture: Architecture, feedback: str | None) -> None:
    check_that_keeping_changes_no_number(architecture, feedback)


def gated(product: Hadamard, span: Span = EVERY, gate_span: Span | None = None) -> Architecture:
    """A gate g that this one product reads."""
    return net(
        "gated",
        Node("x", "n_x", Given(), "x", row=0),
        hidden("a", total(Bias("b_g"), *(() if gate_span else [Linear("G", Ref("x"))])), gate_span or span, row=1),
        hidden("g", Activation(Ref("a"), "sigmoid"), gate_span or span, row=2),
        hidden("h", total(product, Linear("U", Ref("x"))), span, row=3),
        *output(Linear("V", Ref("h")), span=Span(last=True, tree=span.tree)),
    )


@pytest.mark.parametrize(
    "architecture",
    [
        gated(Hadamard(Ref("g"), Ref("h", lag=1))),
        gated(Hadamard(Ref("g", lag=1), Ref("h", lag=1))),
        gated(Hadamard(Ref("g"), Ref("h", lag=1)), gate_span=ONCE),
        gated(Hadamard(Ref("g"), Ref("h", child=0)), TREE),
    ],
    ids=["at its own step", "at the step before", "at all steps", "in a tree"],
)
def test_what_one_product_reads_is_as_if_all_were_kept(architecture: Architecture) -> None:
    check_that_keeping_changes_no_number(architecture, None)


@each("keep", [True, False])
@each(("architecture", "feedback"), EVERY_NETWORK)
def test_single_precision_is_close_to_double(architecture: Architecture, feedback: str | None, keep: bool) -> None:
    seed = smooth_seed(architecture, feedback)
    double = computed(architecture, feedback, seed=seed, keep=keep)
    single = computed(architecture, feedback, seed=seed, keep=keep, dtype=np.float32)
    assert single.memory.theta_gradient.dtype == single.loss_per_step.dtype == np.float32
    np.testing.assert_allclose(single.loss_per_step, double.loss_per_step, rtol=1e-4, atol=1e-5)
    np.testing.assert_allclose(single.memory.theta_gradient, double.memory.theta_gradient, rtol=1e-3, atol=1e-5)


def everything(program: Program) -> list[bytes]:
    """All numbers that a run leaves behind."""
    memory = program.memory
    arrays = [program.loss_per_step, memory.theta_gradient, *memory.values.values(), *memory.gradients.values()]
    arrays += [part.array for parts in program.contributions.values() for part in parts]
    return [array.tobytes() for array in arrays]


def check_that_blocks_change_no_number(
    architecture: Architecture, feedback: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = computed(architecture, feedback, keep=False)
    with monkeypatch.context() as patch:
        patch.setattr(blocks, "_BYTES", 1)
        patch.setattr(lanes, "cores", lambda: 2)
        divided = computed(architecture, feedback, keep=False)
    np.testing.assert_allclose(divided.loss_per_step, whole.loss_per_step, rtol=0, atol=1e-14)
    np.testing.assert_allclose(divided.memory.theta_gradient, whole.memory.theta_gradient, rtol=0, atol=1e-14)


@each(("architecture", "feedback"), EVERY_NETWORK)
def test_blocks_of_steps_in_two_threads_change_no_number(
    architecture: Architecture, feedback: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    check_that_blocks_change_no_number(architecture, feedback, monkeypatch)


@pytest.mark.parametrize("lag", [1, -1])
def test_what_reads_another_step_without_a_loop_waits_for_its_block(lag: int, monkeypatch: pytest.MonkeyPatch) -> None:
    shifted = net(
        "shifted",
        Node("x", "n_x", Given(), "x", row=0),
        hidden("a", total(Bias("b"), Linear("U", Ref("x"))), row=1),
        hidden("h", Activation(Ref("a"), "tanh"), row=2),
        hidden("a_z", total(Linear("W", Ref("h", lag=lag))), row=3),
        hidden("z", Activation(Ref("a_z"), "tanh"), row=4),
        *output(Linear("V", Ref("z"))),
    )
    check_that_blocks_change_no_number(shifted, None, monkeypatch)


@pytest.mark.parametrize(
    ("id", "given"), [("hidden_to_hidden", "initial"), ("bidirectional", "final"), ("recursive_tree", "trees")]
)
def test_what_only_one_batch_brings_is_gone_with_the_next(id: str, given: str) -> None:
    architecture, rng = get_architecture(id), np.random.default_rng(1)
    program = computed(architecture, None)
    batch = random_batch(architecture, SIZES, program.T, program.B, rng)
    states = {
        name: rng.normal(size=rows.shape) for name, rows in (program.memory.initial | program.memory.final).items()
    }
    bare = replace(batch, initial={}, final={}, trees=None)
    brought = replace(bare, **{given: batch.trees if given == "trees" else states})
    load(program, bare)
    first = everything(program)
    load(program, brought)
    assert everything(program) != first
    load(program, bare)
    assert everything(program) == first


@each("keep", [True, False])
@each(("architecture", "feedback"), EVERY_NETWORK)
def test_a_batch_leaves_nothing_behind(architecture: Architecture, feedback: str | None, keep: bool) -> None:
    program = computed(architecture, feedback, keep=keep)
    rng = np.random.default_rng(1)
    one, other = (random_batch(architecture, SIZES, program.T, program.B, rng) for _ in range(2))
    load(program, one)
    first = everything(program)
    load(program, other)
    assert everything(program) != first
    load(program, one)
    assert everything(program) == first


@pytest.mark.parametrize("keep", [True, False])
@pytest.mark.parametrize("feedback", ["teacher_forcing", "free_running_yhat"])
def test_extreme_logits_have_a_finite_loss_and_gradient(feedback: str, keep: bool) -> None:
    architecture = get_architecture("output_to_hidden")
    program = computed(architecture, feedback, T=2, B=1, keep=keep)
    program.memory.theta.fill(0.0)
    program.memory.parameters["c"][...] = 1000.0, -1000.0, 0.0
    program.load(Batch({"x": np.zeros((2, 1, 2))}, np.array([[0], [1]])))
    program.forward()
    program.backward()
    np.testing.assert_array_equal(program.loss_per_step, [[0.0], [2000.0]])
    np.testing.assert_array_equal(program.memory.parameter_gradients["c"], [1.0, -1.0, 0.0])
    assert np.isfinite(program.memory.theta_gradient).all()


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_logits_whose_exponentials_are_nearly_zero_lose_no_figures(dtype: type) -> None:
    program = computed(get_architecture("hidden_to_hidden"), keep=False, dtype=dtype)
    usual = program.loss_per_step.copy()
    program.memory.parameters["c"] += np.log(np.finfo(dtype).smallest_subnormal) + 4.0
    program.forward()
    np.testing.assert_allclose(program.loss_per_step, usual, rtol=1e3 * np.finfo(dtype).eps)


def test_the_loss_is_the_mean_over_the_batch_of_the_sum_over_time() -> None:
    program = computed(get_architecture("hidden_to_hidden"))
    assert program.loss_per_step.shape == (program.T, program.B)
    assert program.loss == pytest.approx(program.loss_per_step.sum(0).mean(), rel=1e-14)


def test_parameters_are_views_of_one_theta() -> None:
    program = computed(get_architecture("hidden_to_hidden"))
    before = program.loss
    program.memory.theta -= 0.1 * program.memory.theta_gradient
    program.forward()
    assert program.loss < before
    assert sum(p.size for p in program.memory.parameters.values()) == program.memory.theta.size


def test_the_initial_state_can_be_set() -> None:
    program = computed(get_architecture("hidden_to_hidden"), keep=False)
    loss_from_zero = program.loss
    program.memory.values["h"][0] = 0.7
    program.forward()
    program.backward()
    assert program.loss != loss_from_zero
    assert gradient_error(program) < 1e-8


def test_a_mix_of_one_kind_only_is_teacher_forcing_or_free_running() -> None:
    architecture = get_architecture("hidden_and_output")
    batch = random_batch(architecture, SIZES, 5, 3, np.random.default_rng(2))
    for mask, pure in ((1.0, "teacher_forcing"), (0.0, "free_running_yhat")):
        mixed, plain = computed(architecture, "mixed_yhat"), computed(architecture, pure)
        for program in (mixed, plain):
            program.load(replace(batch, mask=np.full((5, 3), mask)))
            program.forward()
            program.backward()
        np.testing.assert_allclose(mixed.loss_per_step, plain.loss_per_step, rtol=0, atol=1e-14)
        np.testing.assert_allclose(mixed.memory.theta_gradient, plain.memory.theta_gradient, rtol=0, atol=1e-14)


def test_every_feedback_feeds_something_else() -> None:
    architecture = get_architecture("output_to_hidden")
    losses = {name: computed(architecture, name).loss for name in FEEDBACKS}
    assert len(set(losses.values())) == len(losses)


@pytest.mark.parametrize("architecture", ["hidden_to_hidden", "lstm", "encoder_decoder"])
def test_the_gradient_of_a_weight_is_the_same_in_parts(architecture: str, monkeypatch: pytest.MonkeyPatch) -> None:
    feedback = "teacher_forcing" if architecture == "encoder_decoder" else None
    whole = computed(get_architecture(architecture), feedback)
    monkeypatch.setattr(networks, "_SMALL", 100)
    monkeypatch.setattr(networks, "_LEAST", 1)
    parts = computed(get_architecture(architecture), feedback)
    assert len(parts._backward) > len(whole._backward)
    np.testing.assert_allclose(parts.memory.theta_gradient, whole.memory.theta_gradient, rtol=0, atol=1e-14)


@pytest.mark.parametrize("feedback", ["teacher_forcing", "free_running_yhat", "mixed_yhat"])
@pytest.mark.parametrize("architecture", ["output_to_hidden", "hidden_and_output"])
@pytest.mark.parametrize("many", [1, 10**9])
def test_looking_weights_up_by_symbol_is_multiplying_by_one_hot_vectors(
    architecture: str, feedback: str, many: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Backward too, where there are so many symbols that sums by symbol are quicker."""
    monkeypatch.setattr(networks, "_MANY_SYMBOLS", many)
    monkeypatch.setattr(networks, "_MANY_ENTRIES", many)
    rng = np.random.default_rng(4)
    sizes, T, B = {"n_x": 3, "n_h": 5, "n_y": 4}, 6, 7
    network = connect(get_architecture(architecture), get_feedback(feedback))
    symbols, y, mask = rng.integers(0, 3, (T, B)), rng.integers(0, 4, (T, B)), rng.integers(0, 2, (T, B)) * 1.0
    found = []
    for one_hot in ((), ("y",), ("x", "y")):
        program = Program(network, sizes, T, B, one_hot=one_hot)
        program.memory.theta[:] = np.random.default_rng(1).normal(size=program.memory.theta.size)
        program.load(Batch({"x": np.eye(3)[symbols]}, y, {"x": symbols}, mask))
        program.forward()
        program.backward()
        found.append((program.loss, program.memory.theta_gradient))
    for loss, gradient in found[1:]:
        np.testing.assert_allclose(loss, found[0][0], rtol=1e-13)
        np.testing.assert_allclose(gradient, found[0][1], rtol=1e-11, atol=1e-14)


@pytest.mark.parametrize("one_hot", [(), ("x", "y")])
@pytest.mark.parametrize(
    ("architecture", "feedback"),
    [
        *((get_architecture("hidden_and_output"), f) for f in ("teacher_forcing", "mixed_yhat", "free_running_argmax")),
        (LAG_TWO, None),
        (SKIP_IN_TIME, None),
    ],
)
def test_what_goes_on_from_the_last_states_is_one_long_sequence(
    architecture: Architecture, feedback: str | None, one_hot: tuple[str, ...]
) -> None:
    """Chunks of two steps, shorter than the longest lag, and what is fed back at their joins."""
    rng, T, B = np.random.default_rng(4), 6, 3
    network = connect(architecture, get_feedback(feedback) if feedback else None)
    symbols, y = rng.integers(0, SIZES["n_x"], (T, B)), rng.integers(0, SIZES["n_y"], (T, B))
    whole = Batch({"x": np.eye(SIZES["n_x"])[symbols]}, y, {"x": symbols}, mask=rng.integers(0, 2, (T, B)) * 1.0)
    long, short = (Program(network, SIZES, steps, B, one_hot=one_hot) for steps in (T, 2))
    short.memory.theta[:] = long.memory.theta[:] = rng.normal(size=long.memory.theta.size)
    long.load(whole)
    long.forward()
    past: dict[str, Array] = {}
    for start in range(0, T, 2):
        own = slice(start, start + 2)
        inputs, chosen = {"x": whole.inputs["x"][own]}, {"x": symbols[own]}
        short.load(Batch(inputs, y[own], chosen, whole.mask[own], initial=past))
        short.forward()
        past = short.last_states()
        np.testing.assert_allclose(short.loss_per_step, long.loss_per_step[own], rtol=0, atol=1e-13)
