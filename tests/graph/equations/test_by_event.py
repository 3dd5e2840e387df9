"""Whoever holds an equation's factors can work out its left side: every event of every network, in numbers."""

from collections.abc import Iterator
from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.architectures import get_architecture
from explorer.graph.activations import ACTIVATIONS
from explorer.graph.analyse.events import Event, Kind, Phase
from explorer.graph.analyse.trace import Trace
from explorer.graph.architecture import Architecture
from explorer.graph.arrays import Array
from explorer.graph.compute.updates import Rule
from explorer.graph.declaration import Activation
from explorer.graph.equation import Combine, Equation, Factor, Role
from explorer.graph.equations.by_event import equation_of
from explorer.graph.output import LINEAR, SIGMOID, SIGMOID_SQUARED_ERROR, SOFTMAX, OutputKind
from explorer.graph.plain import plain
from explorer.graph.refs import shape_of_size
from explorer.graph.unfold import Vertex
from tests.each import each
from tests.oracles.declarations import EVERY_DECLARATION, LEAKY, PICKING, TREES, TWO_LAYERS
from tests.oracles.evaluate import evaluate, product
from tests.oracles.examples import OTHER_OUTPUTS
from tests.oracles.traces import APP_NETWORKS, Traced, run_trace, traced

FIG_10_3 = get_architecture("hidden_to_hidden")
FIG_10_4 = get_architecture("output_to_hidden")
FIG_10_5 = get_architecture("sequence_to_one")

NUMBERS = {
    "activation": st.sampled_from(list(ACTIVATIONS)),
    "T": st.integers(1, 4),
    "seed": st.integers(0, 10**6),
    "scale": st.sampled_from([0.1, 0.5, 1.0]),
}
FEW = settings(max_examples=4)  # each holds the hundred equations of every network


def equations(found: Traced) -> Iterator[tuple[Event, Equation]]:
    for event in found.events:
        yield event, equation_of(found.trace, event)


@cache
def explained(architecture: Architecture, feedback: str | None) -> tuple[Traced, list[tuple[Event, Equation]]]:
    """A network traced, with every equation: several tests look at them."""
    found = traced(architecture, feedback)
    return found, list(equations(found))


def equation(found: Traced, kind: Kind, name: str, t: int | None = None) -> Equation:
    """The equation of one event, which must be there."""
    (event,) = (e for e in found.events if (e.kind, e.name, e.t) == (kind, name, t))
    return equation_of(found.trace, event)


def agree(left: Array, right: Array, equation: Equation | None = None) -> None:
    """To 1e-12, relative to the largest number that the equation adds up; the shapes must be the same."""
    assert np.shape(left) == np.shape(right)
    terms = equation.terms if equation else ()
    largest = max((float(np.abs(factor.array).max()) for term in terms for factor in term.factors), default=1.0)
    atol = 1e-12 * max(1.0, largest)
    if not (np.abs(left - right) <= atol + 1e-12 * np.abs(right)).all():  # NumPy takes ten times as long to agree
        np.testing.assert_allclose(left, right, rtol=1e-12, atol=atol)


every_network = each(("architecture", "feedback"), [*APP_NETWORKS, *OTHER_OUTPUTS])


class TestEveryEvent:
    """Of every architecture with every output and feedback."""

    @FEW
    @given(**NUMBERS, weighted=st.booleans())
    @every_network
    def test_its_factors_reproduce_its_left_side(
        self,
        architecture: Architecture,
        feedback: str | None,
        activation: str,
        T: int,
        seed: int,
        scale: float,
        weighted: bool,
    ) -> None:
        found = traced(architecture, feedback, activation, T=T, seed=seed, scale=scale, weighted=weighted)
        # Where a probability underflows to 0 its logarithm cannot be taken from it; the loss comes from the logits.
        if found.trace.values.get("yhat", np.ones(1)).min() < 1e-300:
            return
        for event, said in equations(found):
            agree(evaluate(said), said.left.array, said)
            agree(said.left.array, what_happened(found.trace, event))
            for term in said.terms:
                agree(product(term), term.array, said)

    @every_network
    def test_the_first_gradient_alone_says_that_bptt_begins(
        self, architecture: Architecture, feedback: str | None
    ) -> None:
        found, every = explained(architecture, feedback)
        said = [event for event, equation in every if "BPTT begins" in equation.caption]
        assert said == [event for event in found.events if event.kind is Kind.GRADIENT][:1]

    @every_network
    def test_its_factors_hold_the_numbers_of_the_trace(self, architecture: Architecture, feedback: str | None) -> None:
        found = traced(architecture, feedback, "sigmoid", weighted=True)
        for event, said in equations(found):
            for factor in (said.left, *(f for term in said.terms for f in term.factors)):
                expected = looked_up(found.trace, event, factor)
                assert expected is not None, f"{said.title}: {factor.tex}"
                agree(factor.array, expected)

    @every_network
    def test_a_gradient_is_used_only_once_it_is_known(self, architecture: Architecture, feedback: str | None) -> None:
        known: set[Vertex | None] = set()
        for event, said in explained(architecture, feedback)[1]:
            if event.kind is Kind.GRADIENT:
                used = {f.vertex for term in said.terms for f in term.factors if is_gradient(f)}
                assert used <= known
                known.add(event.vertex)

    @every_network
    def test_it_speaks_in_sentences(self, architecture: Architecture, feedback: str | None) -> None:
        for _, said in explained(architecture, feedback)[1]:
            assert said.title
            assert said.caption.endswith(".") and "\\" not in said.caption

    @every_network
    def test_a_transposed_factor_is_explained(self, architecture: Architecture, feedback: str | None) -> None:
        for _, said in explained(architecture, feedback)[1]:
            transposed = [f for term in said.terms for f in term.factors if f.transposed]
            outer = any(term.combine is Combine.OUTER for term in said.terms)
            assert bool(said.why) == (bool(transposed) or outer)
            assert ("a column times a row" in " ".join(said.why)) == outer
            for factor in transposed:
                named = factor.parameter or (factor.vertex.name if factor.vertex else "")
                symbol = {p.name: p.symbol for p in architecture.parameters}.get(named, named)
                takes = f"{plain(symbol)} takes ", f"{plain(symbol)} has "
                assert any(words in " ".join(said.why) for words in takes)


@FEW
@given(T=NUMBERS["T"], seed=NUMBERS["seed"])
@each("architecture", [*EVERY_DECLARATION, *TREES])
def test_every_declaration_can_be_said_as_well(architecture: Architecture, T: int, seed: int) -> None:
    feedback = "free_running_yhat" if architecture.takes_feedback else None
    found = traced(architecture, feedback, T=T, seed=seed)
    if found.trace.values["yhat"].min() < 1e-300:
        return  # its logarithm cannot be taken from it
    for event, said in equations(found):
        agree(evaluate(said), said.left.array, said)
        agree(said.left.array, what_happened(found.trace, event))


def what_happened(trace: Trace, event: Event) -> Array:
    """The number that the trace holds for what this event computes."""
    assert trace.network.output is not None
    loss = trace.network.output.loss
    match event.kind:
        case Kind.VALUE if event.name == loss:
            return trace.value(event.name, event.t or 0).reshape(())
        case Kind.VALUE:
            return shaped(trace, event.name, trace.value(event.name, event.t or 0))
        case Kind.TOTAL_LOSS:
            return np.float64(trace.loss)
        case Kind.GRADIENT if event.name == loss:
            return weight(trace, event.t or 0)
        case Kind.GRADIENT:
            return shaped(trace, event.name, trace.gradient(event.name, event.t or 0))
        case Kind.PARAMETER_GRADIENT:
            return trace.parameter_gradients[event.name]
        case Kind.UPDATE:
            return trace.parameters_after[event.name]
        case Kind.LOSS_AFTER:
            return np.float64(trace.loss_after)


def shaped(trace: Trace, name: str, units: Array) -> Array:
    """The units of a node as the matrix that it is, or as they are."""
    return units.reshape(shape_of_size(trace.network.node(name).size, trace.sizes))


def weight(trace: Trace, t: int) -> Array:
    """w(t), or 1 in a plain sum of losses."""
    weights = trace.batch.loss_weights
    return np.float64(1.0 if weights is None else weights[t - trace.loss_steps[0], 0])


def is_gradient(factor: Factor) -> bool:
    return factor.role is Role.GRADIENT and factor.tex.startswith(r"\nabla")


def looked_up(trace: Trace, event: Event, factor: Factor) -> Array | None:
    """The numbers that a factor claims to be, taken from where its vertex or parameter says it lives."""
    vertex, name = factor.vertex, factor.parameter
    match factor.role:
        case Role.PARAMETER if name is not None:
            updated = factor.tex.endswith("'")
            array = trace.parameters_after[name] if updated else trace.parameters[name]
            return array.T if factor.transposed else array
        case Role.TARGET if vertex is not None and factor.tex.startswith(r"\left( 1 - 2"):
            return 1.0 - 2.0 * trace.value(vertex.name, vertex.t)
        case Role.VALUE if vertex is not None and r"\ldots" in factor.tex:
            return trace.values[vertex.name][:, 0]
        case Role.VALUE | Role.TARGET if vertex is not None:
            array = shaped(trace, vertex.name, trace.value(vertex.name, vertex.t))
            return array.T if factor.transposed else array
        case Role.GRADIENT if name is not None:
            return trace.parameter_gradients[name]
        case Role.GRADIENT if vertex is not None and factor.tex.endswith("_{t,:}"):
            return shaped(trace, vertex.name, trace.gradient(vertex.name, vertex.t))[(event.t or 0) - 1]
        case Role.GRADIENT if vertex is not None and is_gradient(factor):
            return shaped(trace, vertex.name, trace.gradient(vertex.name, vertex.t))
        case Role.GRADIENT if vertex is not None and factor.tex.startswith(r"\frac"):
            return weight(trace, vertex.t)
        case Role.DIFFERENCE if vertex is not None:
            return trace.value("yhat" if "yhat" in trace.values else "o", vertex.t) - trace.value("y", vertex.t)
        case Role.DERIVATIVE if vertex is None:  # of the complement of a share
            (share,) = (p for p in trace.network.architecture.parameters if f"1 - {p.symbol} " in factor.tex)
            return 1.0 - trace.parameters[share.name]
        case Role.DERIVATIVE if vertex is not None:  # of the sigmoid, unless said
            h, activation = trace.value(vertex.name, vertex.t), trace.network.node(vertex.name).operation
            assert isinstance(activation, Activation)
            derivatives = {"identity": np.ones_like(h), "tanh": 1.0 - h**2, "one_minus": -np.ones_like(h)}
            return derivatives.get(str(activation.function), h * (1.0 - h))
        case Role.LOSS if vertex is not None:
            return trace.value(vertex.name, vertex.t).reshape(())
        case Role.LOSS:
            known = {"L": trace.loss, r"L(\theta)": trace.loss, r"L(\theta')": trace.loss_after}
            return np.float64(known.get(factor.tex, trace.loss_after - trace.loss))
        case Role.CONSTANT if factor.tex.startswith("w"):
            return weight(trace, int(factor.tex_here.strip("w^{()}")))
        case Role.CONSTANT:
            return np.float64(trace.update.rule.rate if factor.tex == r"\eta" else 1.0)
    return None


class TestSums:
    """Gradients add up over the uses of a node, and over time."""

    def test_a_hidden_state_hears_from_its_output_and_from_the_next_step(self) -> None:
        """Eq. 10.20."""
        said = equation(traced(FIG_10_3), Kind.GRADIENT, "h", 2)
        assert [term.origin for term in said.terms] == ["from o(2)", "from a(3)"]
        assert said.source == "eq. 10.20"
        assert said.caption == (
            "h(2) is used twice, so its gradient is the sum of what comes back from o(2) and from a(3)."
        )

    def test_the_last_one_hears_from_its_output_alone(self) -> None:
        """Eq. 10.19."""
        said = equation(traced(FIG_10_3, T=4), Kind.GRADIENT, "h", 4)
        assert [term.origin for term in said.terms] == ["from o(4)"]
        assert said.source == "eq. 10.19"
        assert said.caption == "The gradient at h(4) comes back from o(4), the only place where h(4) is used."

    def test_logits_hear_from_the_loss_through_the_prediction_that_is_drawn_between(self) -> None:
        """Eq. 10.18 differentiates softmax and loss in one."""
        said = equation(traced(FIG_10_3), Kind.GRADIENT, "o", 2)
        assert said.caption == "The gradient at o(2) comes back from L(2), through ŷ(2) in one step."

    def test_in_fig_10_5_only_the_last_one_hears_from_the_output(self) -> None:
        found = traced(FIG_10_5, T=3)
        assert [t.origin for t in equation(found, Kind.GRADIENT, "h", 3).terms] == ["from o(3)"]
        assert [t.origin for t in equation(found, Kind.GRADIENT, "h", 2).terms] == ["from a(3)"]

    def test_a_fed_back_prediction_sends_a_second_gradient_to_its_logits(self) -> None:
        found = traced(FIG_10_4, "free_running_yhat", T=3)
        said = equation(found, Kind.GRADIENT, "o", 2)
        assert [term.origin for term in said.terms] == ["from L(2)", "from ŷ(2), which is fed back"]
        assert [term.origin for term in equation(found, Kind.GRADIENT, "o", 3).terms] == ["from L(3)"]
        fed_back = equation(found, Kind.GRADIENT, "yhat", 2)
        assert fed_back.source == "fig. 10.4"
        assert fed_back.caption == (
            "The gradient at ŷ(2) comes back from a(3); what L(2) sends back goes to o(2) in one step."
        )
        assert equation(found, Kind.GRADIENT, "h", 2).source == "eq. 10.19", "not 10.20: no state leads to the next"
        assert said.source == "eq. 10.18 · fig. 10.4"
        assert equation(found, Kind.GRADIENT, "o", 3).source == "eq. 10.18"

    def test_a_parameter_is_asked_at_every_step(self) -> None:
        said = equation(traced(FIG_10_3, T=3), Kind.PARAMETER_GRADIENT, "W")
        assert said.over_time
        assert [term.step for term in said.terms] == [1, 2, 3]
        assert [[f.tex_here for f in term.factors] for term in said.terms][1] == [r"\nabla_{a^{(2)}} L", "h^{(1)}"]

    def test_a_parameter_of_the_only_output_is_asked_once(self) -> None:
        found = traced(FIG_10_5, T=3)
        said = equation(found, Kind.PARAMETER_GRADIENT, "V")
        assert (said.over_time, [term.step for term in said.terms]) == (False, [3])
        assert said.caption == "V is used once, at the last step."

    def test_a_parameter_behind_a_pick_is_asked_for_nothing(self) -> None:
        found = traced(PICKING, T=3)
        said = equation(found, Kind.PARAMETER_GRADIENT, "W_s")
        assert said.terms == () and not said.left.array.any()
        assert said.caption == "No gradient comes back to where W_s is used, so its own is zero."
        assert not found.trace.parameter_contributions("W_s").any()

    def test_the_total_loss_sums_over_the_steps(self) -> None:
        said = equation(traced(FIG_10_3, T=3), Kind.TOTAL_LOSS, "L")
        assert (said.over_time, [term.step for term in said.terms]) == (True, [1, 2, 3])
        assert not equation(traced(FIG_10_5, T=3), Kind.TOTAL_LOSS, "L").over_time
        assert said.source == "eq. 10.13"

    @pytest.mark.parametrize(
        ("name", "source"), [("c", "10.22"), ("b", "10.23"), ("V", "10.24"), ("W", "10.26"), ("U", "10.28")]
    )
    def test_each_parameter_has_its_equation_in_the_book(self, name: str, source: str) -> None:
        assert equation(traced(FIG_10_3), Kind.PARAMETER_GRADIENT, name).source == f"eq. {source}"

    def test_a_weight_of_what_is_fed_back_is_not_the_w_of_the_book(self) -> None:
        for feedback in ("teacher_forcing", "free_running_yhat"):
            said = equation(traced(FIG_10_4, feedback), Kind.PARAMETER_GRADIENT, "W")
            assert said.source == "as eq. 10.26"


class TestCuts:
    """Where no gradient comes from the next step, and why (fig. 10.6)."""

    def reason(self, feedback: str, t: int, mask: tuple[bool, ...] | None = None) -> str:
        said = equation(traced(FIG_10_4, feedback, T=3, mask=mask), Kind.GRADIENT, "o", t)
        (cut,) = said.cuts
        assert cut.origin == f"from step {t + 1}"
        assert [term.origin for term in said.terms] == [f"from L({t})"]
        return cut.reason

    def test_teacher_forcing_fed_the_target(self) -> None:
        assert self.reason("teacher_forcing", 2) == (
            "cut by teacher forcing: step 3 was fed the target, not this output"
        )

    def test_an_arg_max_does_not_change_with_a_small_change(self) -> None:
        assert self.reason("free_running_argmax", 1).startswith("cut by the arg max: ")

    def test_a_draw_is_chance(self) -> None:
        assert self.reason("free_running_sample", 1).startswith("cut by the draw: ")

    def test_a_mix_cuts_where_it_fed_the_target_or_a_pick(self) -> None:
        mask = (True, False, True)
        assert "teacher forcing" in self.reason("mixed_yhat", 1, mask)
        assert "teacher forcing" in self.reason("mixed_argmax", 1, mask)
        assert "arg max" in self.reason("mixed_argmax", 2, mask)
        own = equation(traced(FIG_10_4, "mixed_yhat", T=3, mask=mask), Kind.GRADIENT, "o", 2)
        assert own.cuts == ()
        assert len(own.terms) == 2

    def test_a_cut_is_not_called_a_lack_of_uses(self) -> None:
        said = equation(traced(FIG_10_4, "free_running_argmax", T=3), Kind.GRADIENT, "o", 2)
        assert said.caption == "The gradient at o(2) comes back from L(2), and from nowhere else."

    @pytest.mark.parametrize("feedback", ["teacher_forcing", "free_running_argmax", "mixed_sample"])
    def test_after_the_last_step_there_is_nothing_to_cut(self, feedback: str) -> None:
        assert equation(traced(FIG_10_4, feedback, T=3), Kind.GRADIENT, "o", 3).cuts == ()

    @pytest.mark.parametrize("feedback", ["free_running_yhat", "free_running_o"])
    def test_a_smooth_signal_is_not_cut(self, feedback: str) -> None:
        assert equation(traced(FIG_10_4, feedback, T=3), Kind.GRADIENT, "o", 2).cuts == ()

    def test_a_network_without_feedback_has_no_cuts(self) -> None:
        assert all(said.cuts == () for _, said in equations(traced(FIG_10_3)))


class TestDerivations:
    """ŷ and ŷ − 1_y, line by line."""

    def test_the_softmax_ends_at_its_value(self) -> None:
        found = traced(FIG_10_3)
        steps = equation(found, Kind.VALUE, "yhat", 2).derivation
        assert steps[-1].array is not None
        agree(steps[-1].array, found.trace.value("yhat", 2))

    @pytest.mark.parametrize("kind", [SOFTMAX, SIGMOID, SIGMOID_SQUARED_ERROR], ids=lambda kind: str(kind.id))
    def test_the_chain_rule_multiplies_its_two_lines_to_the_third(self, kind: OutputKind) -> None:
        found = traced(FIG_10_3.with_output(kind))
        outer, inner, whole = equation(found, Kind.GRADIENT, "o", 2).derivation
        assert outer.array is not None and inner.array is not None and whole.array is not None
        agree(outer.array * inner.array, whole.array)
        agree(whole.array, found.trace.gradient("o", 2))

    def test_half_a_square_has_a_derivative_of_one_line(self) -> None:
        found = traced(FIG_10_3.with_output(LINEAR))
        (whole,) = equation(found, Kind.GRADIENT, "o", 2).derivation
        assert whole.array is not None
        agree(whole.array, found.trace.value("o", 2) - found.trace.value("y", 2))

    def test_the_loss_of_bits_is_the_sum_of_its_last_line(self) -> None:
        found = traced(FIG_10_3.with_output(SIGMOID))
        probabilities, losses = equation(found, Kind.VALUE, "L", 2).derivation
        assert probabilities.array is not None and losses.array is not None
        agree(-np.log(probabilities.array), losses.array)
        agree(losses.array.sum(), found.trace.value("L", 2)[0])

    def test_other_nodes_need_none(self) -> None:
        assert equation(traced(FIG_10_3), Kind.GRADIENT, "h", 2).derivation == ()


class TestOutputs:
    """What changes with the output, and with loss weights."""

    @pytest.mark.parametrize(
        ("kind", "value", "gradient", "tex"),
        [
            (SOFTMAX, "eq. 10.14", "eq. 10.18", r"\left( \hat{y}^{(t)} - 1_{y^{(t)}} \right)"),
            (SIGMOID, "section 6.2.2.2", "section 6.2.2.2", r"\left( \hat{y}^{(t)} - y^{(t)} \right)"),
            (LINEAR, "section 6.2.2.1", "section 6.2.2.1", r"\left( o^{(t)} - y^{(t)} \right)"),
            (SIGMOID_SQUARED_ERROR, "section 6.2.2.2", "section 6.2.2.2", r"\left( \hat{y}^{(t)} - y^{(t)} \right)"),
        ],
        ids=lambda value: str(getattr(value, "id", "")),
    )
    def test_each_sends_back_prediction_minus_target(
        self, kind: OutputKind, value: str, gradient: str, tex: str
    ) -> None:
        found = traced(FIG_10_3.with_output(kind))
        assert equation(found, Kind.VALUE, "L", 2).source == value
        said = equation(found, Kind.GRADIENT, "o", 2)
        assert (said.source, said.terms[0].factors[0].tex) == (gradient, tex)

    def test_a_weight_scales_what_the_loss_sends_back(self) -> None:
        found = traced(FIG_10_3, T=3, weighted=True)
        first, *_ = equation(found, Kind.TOTAL_LOSS, "L").terms
        assert [f.tex for f in first.factors] == ["w^{(t)}", "L^{(t)}"]
        (term,) = equation(found, Kind.GRADIENT, "o", 2).terms
        assert [f.tex_here for f in term.factors] == ["w^{(2)}", r"\left( \hat{y}^{(2)} - 1_{y^{(2)}} \right)"]


class TestCaptions:
    """What a learner reads beside the equation."""

    def test_the_first_step_says_what_comes_before_it(self) -> None:
        found = traced(FIG_10_3)
        first, second = (equation(found, Kind.VALUE, "a", t).caption for t in (1, 2))
        assert first == (
            "a(1) adds up the bias b, W h(0) and U x(1). What comes before the first step is zero unless you set it."
        )
        assert second == "a(2) adds up the bias b, W h(1) and U x(2)."

    def test_a_state_that_runs_back_says_what_comes_after_the_last_step(self) -> None:
        said = equation(traced(get_architecture("bidirectional"), T=3), Kind.VALUE, "a_g", 3).caption
        assert said.endswith("W_g g(4) and U_g x(3). What comes after the last step is zero unless you set it.")

    def test_an_inner_node_of_a_tree_says_what_its_children_are_called(self) -> None:
        found = traced(get_architecture("recursive_tree"), T=2)
        said = [equation(found, Kind.VALUE, "a", t).caption for t in (1, 3)]
        assert ["c₁(t)" in caption for caption in said] == [False, True]

    def test_shares_of_a_sum_are_named(self) -> None:
        said = equation(traced(get_architecture("leaky"), T=3), Kind.VALUE, "h", 2).caption
        assert said == "h(2) adds up α ⊙ h(1) and (1 − α) ⊙ v(2)."

    @pytest.mark.parametrize(
        ("id", "name", "said"),
        [
            ("lstm", "h", "h(2) is q(2) ⊙ s̃(2)."),
            ("gru", "k", "ū(2) is 1 − u(2), unit by unit."),
            ("gru", "u", "u(2) is a_u(2) passed through sigmoid, unit by unit."),
        ],
    )
    def test_what_is_made_of_one_thing_is_said_to_be_that(self, id: str, name: str, said: str) -> None:
        assert equation(traced(get_architecture(id), T=3), Kind.VALUE, name, 2).caption == said

    def test_a_copy_is_what_it_copies(self) -> None:
        found = traced(get_architecture("encoder_decoder"), "teacher_forcing", T=3)
        assert "C(3) is e(3)." in [said.caption for event, said in equations(found) if event.name == "C"]

    def test_attention_speaks_of_its_weights_and_of_the_matrix_it_reads(self) -> None:
        found = traced(get_architecture("attention"), "teacher_forcing", T=2)
        said = {name: equation(found, Kind.VALUE, name, t) for name, t in (("E", 1), ("alpha", 2), ("C", 2))}
        assert said["E"].title == "E once for all steps" and said["C"].caption == "C(2) is Eᵀ α(2)."
        assert said["E"].caption == "The rows of E are e(1) to e(3), one for each step."
        assert said["alpha"].caption == "α(2) turns s(2) into weights: positive numbers that sum to 1."
        origins = [term.origin for term in equation(found, Kind.GRADIENT, "E", 1).terms]
        assert sorted(origins) == ["from C(1)", "from C(2)", "from s(1)", "from s(2)"]
        assert [term.origin for term in equation(found, Kind.GRADIENT, "s", 2).terms] == ["from α(2)"]

    def test_many_uses_are_listed_in_short(self) -> None:
        found = traced(get_architecture("encoder_decoder"), "teacher_forcing", T=12)
        (said,) = (
            said.caption for event, said in equations(found) if event.name == "C" and event.phase is Phase.BACKWARD
        )
        assert "from a(1), from a(2), from a(3), from a(4), from a(5), from a(6), from 5 others and from a(12)" in said

    def test_a_mix_says_what_it_fed(self) -> None:
        found = traced(FIG_10_4, "mixed_yhat", T=3, mask=(True, False, True))
        said = [equation(found, Kind.VALUE, "f", t).caption for t in (1, 2, 3)]
        assert said == [
            "After step 1, the target is fed back.",
            "After step 2, the network's own signal is fed back.",
            "After step 3, the target is fed back.",
        ]

    def test_the_loss_names_the_probability_of_the_target(self) -> None:
        found = traced(FIG_10_3)
        said = equation(found, Kind.VALUE, "L", 1)
        entry = int(found.trace.batch.y[0, 0])
        assert said.entry == entry
        probability = found.trace.value("yhat", 1)[entry]
        assert f"entry {entry + 1} of ŷ, the probability {probability:.3g};" in said.caption

    def test_a_step_that_was_too_long_is_admitted(self) -> None:
        found = traced(FIG_10_3)
        worse = equation_of(traced_with(found, learning_rate=50.0), Event(Phase.UPDATE, Kind.LOSS_AFTER, "L"))
        better = equation_of(traced_with(found, learning_rate=1e-3), Event(Phase.UPDATE, Kind.LOSS_AFTER, "L"))
        assert worse.caption.startswith("The loss of this sequence did not fall")
        assert better.caption.startswith("One step of gradient descent lowered the loss of this sequence")


def traced_with(found: Traced, learning_rate: float) -> Trace:
    trace = found.trace
    return run_trace(trace.network, trace.sizes, trace.parameters, trace.batch, Rule(rate=learning_rate))


def test_a_parameter_is_written_with_the_symbol_of_its_term() -> None:
    found = traced(TWO_LAYERS, T=3)
    assert [term.factors[0].tex for term in equation(found, Kind.VALUE, "a1", 2).terms][:2] == ["b_1", "W_1"]
    transposed = {term.factors[0].tex for term in equation(found, Kind.GRADIENT, "h1", 2).terms}
    assert transposed == {r"W_1^\top", r"U_2^\top"}
    assert equation(found, Kind.PARAMETER_GRADIENT, "W1").left.tex == r"\nabla_{W_1} L"
    assert equation(found, Kind.UPDATE, "b1").left.tex == "b_1'"
    leaky = equation(traced(LEAKY, T=3), Kind.VALUE, "h", 2).terms
    assert [term.factors[0].tex for term in leaky] == [r"\alpha", r"\left( 1 - \alpha \right)"]
