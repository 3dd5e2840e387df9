"""The equations of an update hold the numbers of the book's algorithms, worked out here once more."""

import re

import numpy as np
import pytest

from explorer.architectures import get_architecture
from explorer.graph.analyse.events import Event, Kind, Phase
from explorer.graph.analyse.trace import Trace
from explorer.graph.arrays import Array
from explorer.graph.compute.updates import Rule
from explorer.graph.equation import Equation
from explorer.graph.equations.by_event import equation_of
from explorer.graph.optimizers import OPTIMIZERS
from tests.each import each
from tests.oracles.declarations import ECHO_STATE
from tests.oracles.evaluate import evaluate
from tests.oracles.traces import run_trace, traced

FOUND = traced(get_architecture("hidden_to_hidden")).trace
RULES = {
    "plain": {},
    "clipped": {"clip_norm": 0.25},
    "within the threshold": {"clip_norm": 1e6},
    "decayed": {"l2": 0.1},
    "clipped and decayed": {"clip_norm": 0.25, "l2": 0.1},
    "entries clipped": {"clip_value": 0.05},
    "all": {"l2": 0.1, "clip_norm": 0.25, "clip_value": 0.02},
}


def updates(rule: Rule, n: int) -> list[Trace]:
    """Trace after trace, each at the θ and with the moments of the one before."""
    found: list[Trace] = []
    for _ in range(n):
        last = found[-1] if found else None
        theta = last.parameters_after if last else FOUND.parameters
        moments = last.update.after if last else None
        found.append(run_trace(FOUND.network, FOUND.sizes, theta, FOUND.batch, rule, moments))
    return found


def update_of(trace: Trace, name: str) -> Equation:
    return equation_of(trace, Event(Phase.UPDATE, Kind.UPDATE, name))


def given(trace: Trace) -> dict[str, Array]:
    """What the optimiser is given: ∇L + λ θ for weights, then clipped as a whole, then entry by entry."""
    rule = trace.update.rule
    g = {
        name: gradient + (rule.l2 * trace.parameters[name] if gradient.ndim > 1 else 0.0)
        for name, gradient in trace.parameter_gradients.items()
    }
    norm = np.sqrt(sum((array**2).sum() for array in g.values()))
    scale = min(1.0, rule.clip_norm / norm) if rule.clip_norm else 1.0
    most = np.inf if rule.clip_value is None else rule.clip_value
    return {name: np.clip(scale * array, -most, most) for name, array in g.items()}


def by_symbol(equation: Equation) -> dict[str, Array]:
    """The arrays of a derivation by what stands on their left; of two with one symbol the later."""
    return {step.tex.partition(" = ")[0]: step.array for step in equation.derivation if step.array is not None}


@each("optimizer", OPTIMIZERS)
@each("more", RULES.values())
@each("n", [1, 3])
def test_its_operands_give_its_result(optimizer: str, more: dict[str, float], n: int) -> None:
    trace = updates(Rule(optimizer, rate=0.02, **more), n)[-1]
    for name, after in trace.parameters_after.items():
        said = update_of(trace, name)
        np.testing.assert_allclose(evaluate(said), after, rtol=0, atol=1e-14)
        np.testing.assert_array_equal(said.left.array, after)
        assert said.caption.endswith(".") and re.match(r"algorithm 8\.\d$", said.source)
        assert ("clipped" in said.caption) == (more.get("clip_norm") == 0.25)


@pytest.mark.parametrize("more", RULES.values(), ids=RULES)
def test_what_was_done_to_the_gradient_comes_first(more: dict[str, float]) -> None:
    trace = updates(Rule(**more), 1)[-1]
    for name, g in given(trace).items():
        said = update_of(trace, name)
        np.testing.assert_allclose(said.terms[-1].factors[1].array, g, atol=1e-15)
        steps = [step for step in said.derivation if step.array is not None]
        cut = np.abs(g).max() == more.get("clip_value")
        assert len(steps) == (more.get("clip_norm") == 0.25) + ("l2" in more and g.ndim > 1) + cut
        if steps:
            np.testing.assert_allclose(steps[-1].array, g, atol=1e-15)


def test_the_moments_of_adam() -> None:
    """Algorithm 8.7, over three updates."""
    m = {name: np.zeros_like(array) for name, array in FOUND.parameters.items()}
    v = {name: np.zeros_like(array) for name, array in FOUND.parameters.items()}
    for t, trace in enumerate(updates(Rule("adam", rate=0.02), 3), 1):
        for name, g in given(trace).items():
            m[name], v[name] = 0.9 * m[name] + 0.1 * g, 0.999 * v[name] + 0.001 * g * g
            m_hat, v_hat = m[name] / (1 - 0.9**t), v[name] / (1 - 0.999**t)
            said = update_of(trace, name)
            lines = by_symbol(said)
            for symbol, array in (("m", m[name]), ("v", v[name]), (r"\hat{m}", m_hat), (r"\hat{v}", v_hat)):
                np.testing.assert_allclose(lines[symbol], array, atol=1e-15)
            np.testing.assert_allclose(said.terms[-1].factors[1].array, m_hat / (np.sqrt(v_hat) + 1e-8), rtol=1e-9)


def test_the_velocity_and_the_mean_square() -> None:
    """Algorithms 8.2 and 8.5, at the second update."""
    first, second = updates(Rule("momentum", rate=0.02, momentum=0.5), 2)
    velocity = 0.5 * -0.02 * first.parameter_gradients["W"] - 0.02 * second.parameter_gradients["W"]
    np.testing.assert_allclose(by_symbol(update_of(second, "W"))["v'"], velocity, atol=1e-15)
    first, second = updates(Rule("rmsprop", rate=0.02), 2)
    square = 0.9 * 0.1 * first.parameter_gradients["W"] ** 2 + 0.1 * second.parameter_gradients["W"] ** 2
    np.testing.assert_allclose(by_symbol(update_of(second, "W"))["r"], square, atol=1e-15)


def test_a_loss_that_rose_says_so_and_what_to_try() -> None:
    worse = updates(Rule(rate=50.0), 1)[0]
    said = equation_of(worse, Event(Phase.UPDATE, Kind.LOSS_AFTER, "L")).caption
    assert worse.loss_after > worse.loss and said.endswith("Try a smaller η than 50.")


def test_what_is_not_trained_has_a_gradient_and_an_update_that_leaves_it() -> None:
    trace = traced(ECHO_STATE).trace
    assert trace.parameter_gradients["W"].any()
    said = update_of(trace, "W")
    assert said.caption == "W is not trained: it keeps the numbers it started with, whatever its gradient."
    np.testing.assert_array_equal(evaluate(said), trace.parameters["W"])
    np.testing.assert_array_equal(trace.parameters_after["W"], trace.parameters["W"])
