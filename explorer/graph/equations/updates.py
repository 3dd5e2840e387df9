"""The equation behind the update of a parameter by any optimiser (algorithms 8.1 to 8.7), and what it does to the loss.

η is the learning rate. What an optimiser makes of the gradient, it says itself (`Optimizer.said`).
"""

import numpy as np

from explorer.graph.analyse.trace import Trace
from explorer.graph.arrays import Array
from explorer.graph.compute.memory import views
from explorer.graph.equation import Combine, Equation, Factor, Role, Step, TermOf, raised_tex, summand
from explorer.graph.equations.notation import parameter_factor, parameter_gradient_tex, plain_parameter
from explorer.graph.optimizers import OPTIMIZERS
from explorer.graph.optimizers.base import ParameterUpdate
from explorer.language import tr


def update_equation(trace: Trace, name: str) -> Equation:
    """W' = W − η ∇_W L, or what the optimiser makes of the gradient instead, with the moments behind it."""
    optimizer = OPTIMIZERS[trace.update.rule.optimizer]
    before, called = parameter_factor(trace, name), plain_parameter(trace, name)
    after = raised_tex(before.tex, "'")
    left = Factor(after, after, trace.parameters_after[name], Role.PARAMETER, before.shape, parameter=name)
    if not trace.network.architecture.parameter(name).trained:
        caption = tr(
            "{called} is not trained: it keeps the numbers it started with, whatever its gradient.", called=called
        )
        return Equation(
            tr("Update of {called}", called=called), left, (summand(before),), trace.network.architecture.cited, caption
        )
    gradient, preparation = _gradient(trace, name, before.shape)
    said = optimizer.said(_made(trace, name, gradient))
    caption = said.caption
    if trace.mini_batch is not None and trace.mini_batch.size > 1:
        caption += tr(
            " The gradient is the mean over all {mini_batch} sequences of the mini-batch.",
            mini_batch=trace.mini_batch.size,
        )
    if trace.update.clipped:
        caption += tr(
            " The gradient, of norm {norm:.3g}, is clipped to {clip_norm:g}.",
            norm=trace.update.norm,
            clip_norm=trace.update.rule.clip_norm,
        )
    return Equation(
        tr("Update of {called}", called=called),
        left,
        (TermOf((before,), Combine.MATRIX, before.array), *said.terms),
        optimizer.cited,
        caption,
        derivation=(*preparation, *said.derivation),
    )


def loss_after_equation(trace: Trace) -> Equation:
    """The loss of the same sequence before and after the update."""
    left = Factor(r"L(\theta')", r"L(\theta')", np.array(trace.loss_after), Role.LOSS)
    before = Factor(r"L(\theta)", r"L(\theta)", np.array(trace.loss), Role.LOSS)
    change = Factor(r"\Delta L", r"\Delta L", np.array(trace.loss_after - trace.loss), Role.LOSS)
    terms = (TermOf((before,), Combine.MATRIX, before.array), TermOf((change,), Combine.MATRIX, change.array))
    optimizer = OPTIMIZERS[trace.update.rule.optimizer]
    if trace.loss_after < trace.loss:
        caption = tr("One step of {names} lowered the loss of this sequence.", names=optimizer.called)
    elif trace.mini_batch is not None and trace.mini_batch.size > 1:
        caption = tr(
            "The loss of this sequence did not fall: the step was against the mean gradient of the mini-batch."
        )
    else:
        caption = tr(
            "The loss of this sequence did not fall: the step was too long for the curve of the loss here. Try a "
            "smaller η than {rate:g}.",
            rate=trace.update.rule.rate,
        )
    return Equation(tr("Loss after the update"), left, terms, optimizer.cited, caption)


def _gradient(trace: Trace, name: str, shape: tuple[str, ...]) -> tuple[Factor, tuple[Step, ...]]:
    """What the optimiser is given: the gradient itself, or g, with what was done to it."""
    rule, batch = trace.update.rule, trace.mini_batch
    raw = trace.parameter_gradients[name] if batch is None else batch.gradients[name]
    nabla = parameter_gradient_tex(trace, name)
    decayed = rule.l2 > 0 and raw.ndim > 1
    steps = []
    now = raw
    if decayed:
        now = decay = raw + rule.l2 * trace.parameters[name]
        symbol = trace.network.architecture.parameter(name).symbol
        words = tr("Weight decay pulls every weight towards 0 (section 7.1).")
        steps.append(Step(words, rf"g = {nabla} + {rule.l2:g} \, {symbol}", decay))
    if trace.update.clipped:
        words = tr(
            "All gradients together have norm {norm:.3g}, above {clip_norm:g} (eq. 10.49).",
            norm=trace.update.norm,
            clip_norm=rule.clip_norm,
        )
        assert rule.clip_norm is not None
        now = now * (rule.clip_norm / trace.update.norm)
        tex = rf"g = \frac{{{rule.clip_norm:g}}}{{\| g \|}} \, {'g' if decayed else nabla}"
        steps.append(Step(words, tex, now))
    if rule.clip_value is not None and (np.abs(now) > rule.clip_value).any():
        limit = f"{rule.clip_value:g}"
        words = tr("Entries beyond ±{limit} are cut to it, each by itself (section 10.11.1).", limit=limit)
        before = "g" if steps else nabla
        tex = rf"g = \max\left( -{limit}, \min\left( {limit}, {before} \right) \right)"
        steps.append(Step(words, tex, _part(trace, trace.update.gradient, name)))
    tex = "g" if steps else nabla
    array = _part(trace, trace.update.gradient, name) if steps else raw
    return Factor(tex, tex, array, Role.GRADIENT, shape, parameter=name), tuple(steps)


def _made(trace: Trace, name: str, gradient: Factor) -> ParameterUpdate:
    """The update of one parameter, with what its optimiser remembered of it before and after."""
    rule, before, after = trace.update.rule, trace.update.before, trace.update.after
    return ParameterUpdate(
        called=plain_parameter(trace, name),
        gradient=gradient,
        rate=rule.rate,
        momentum=rule.momentum,
        updates=after.updates,
        before={kept: _part(trace, flat, name) for kept, flat in before.arrays.items()},
        after={kept: _part(trace, flat, name) for kept, flat in after.arrays.items()},
    )


def _part(trace: Trace, flat: Array, name: str) -> Array:
    """The part of a flat vector like θ that belongs to a parameter."""
    return views(flat, {parameter: array.shape for parameter, array in trace.parameters.items()})[name]
