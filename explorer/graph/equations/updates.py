"""The equation behind the update of a parameter by any optimiser (algorithms 8.1 to 8.7), and what it does to the loss.

η is the learning rate. Adam is written as in its paper, with m, v and ε for the s, r and δ of algorithm 8.7.
"""

from collections.abc import Callable

import numpy as np

from explorer.graph.analyse.trace import Trace
from explorer.graph.arrays import Array
from explorer.graph.compute.memory import views
from explorer.graph.compute.optimizers import AdaGrad, Adam, RMSProp
from explorer.graph.equation import Combine, Equation, Factor, Role, Step, TermOf, summand
from explorer.graph.equations.notation import parameter_factor, parameter_gradient_tex, plain_parameter, raised_tex
from explorer.language import tr, trn

NAMES = {
    "sgd": tr("gradient descent"),
    "momentum": tr("gradient descent with momentum"),
    "adagrad": "AdaGrad",
    "rmsprop": "RMSProp",
    "adam": "Adam",
}
"""What an optimiser is called in a sentence."""
SOURCES = {
    "sgd": "algorithm 8.1",
    "momentum": "algorithm 8.2",
    "adagrad": "algorithm 8.4",
    "rmsprop": "algorithm 8.5",
    "adam": "algorithm 8.7",
}


def update_equation(trace: Trace, name: str) -> Equation:
    """W' = W − η ∇_W L, or what the optimiser makes of the gradient instead, with the moments behind it."""
    optimizer = trace.update.rule.optimizer
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
    terms, derivation, caption = _RULES[optimizer](trace, name, gradient)
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
        (TermOf((before,), Combine.MATRIX, before.array), *terms),
        SOURCES[optimizer],
        caption,
        derivation=(*preparation, *derivation),
    )


def loss_after_equation(trace: Trace) -> Equation:
    """The loss of the same sequence before and after the update."""
    left = Factor(r"L(\theta')", r"L(\theta')", np.array(trace.loss_after), Role.LOSS)
    before = Factor(r"L(\theta)", r"L(\theta)", np.array(trace.loss), Role.LOSS)
    change = Factor(r"\Delta L", r"\Delta L", np.array(trace.loss_after - trace.loss), Role.LOSS)
    terms = (
        TermOf((before,), Combine.MATRIX, before.array),
        TermOf((change,), Combine.MATRIX, change.array),
    )
    optimizer = trace.update.rule.optimizer
    if trace.loss_after < trace.loss:
        caption = tr("One step of {names} lowered the loss of this sequence.", names=NAMES[optimizer])
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
    return Equation(tr("Loss after the update"), left, terms, SOURCES[optimizer], caption)


Rules = tuple[tuple[TermOf, ...], tuple[Step, ...], str]
"""The terms beside the parameter itself, how they come about, and a caption."""


def _descent(trace: Trace, name: str, gradient: Factor) -> Rules:
    called = plain_parameter(trace, name)
    caption = tr("{called} takes a small step against its gradient: downhill on the loss.", called=called)
    return (_scaled(_rate(trace), gradient, -1),), (), caption


def _momentum(trace: Trace, name: str, gradient: Factor) -> Rules:
    alpha = Factor(r"\alpha", r"\alpha", np.array(trace.update.rule.momentum), Role.CONSTANT)
    before, after = _moment(trace, name, "velocity")
    velocity = Factor("v", "v", before, Role.GRADIENT, gradient.shape, parameter=name)
    step = Step(tr("The velocity now, which the next update begins with."), r"v' = \alpha v - \eta g", after)
    called = plain_parameter(trace, name)
    caption = tr(
        "{called} moves by its velocity v, which remembers earlier steps and is turned by each gradient a little.",
        called=called,
    )
    return (_scaled(alpha, velocity, 1), _scaled(_rate(trace), gradient, -1)), (step,), caption


def _adagrad(trace: Trace, name: str, gradient: Factor) -> Rules:
    before, square = _moment(trace, name, "square")
    steps = (
        *_left_over(trace, ("r", before)),
        Step(tr("The sum of the squares of all its gradients so far."), r"r = r + g \odot g", square),
        Step(tr("ε is 10⁻⁷: where r is 0 there is nothing to divide by."), r"\varepsilon = 10^{-7}"),
    )
    below = np.sqrt(square) + AdaGrad.delta
    quotient = _quotient(gradient, r"g", r"\varepsilon + \sqrt{r}", gradient.array / below)
    called = plain_parameter(trace, name)
    caption = tr(
        "Each entry of {called} is moved by its gradient over how much it has been moved about so far.", called=called
    )
    return (_scaled(_rate(trace), quotient, -1),), steps, caption


def _rmsprop(trace: Trace, name: str, gradient: Factor) -> Rules:
    before, square = _moment(trace, name, "square")
    steps = (
        *_left_over(trace, ("r", before)),
        Step(
            tr("The mean square of its gradients, of which it forgets {rho:.0%} at each update.", rho=1 - RMSProp.rho),
            rf"r = {RMSProp.rho:g} \, r + {1 - RMSProp.rho:g} \, g \odot g",
            square,
        ),
        Step(tr("ε is 10⁻⁶: where r is 0 there is nothing to divide by."), r"\varepsilon = 10^{-6}"),
    )
    quotient = _quotient(gradient, r"g", r"\sqrt{\varepsilon + r}", gradient.array / np.sqrt(RMSProp.delta + square))
    called = plain_parameter(trace, name)
    caption = tr(
        "Each entry of {called} is moved by its gradient over how large its gradients are lately.", called=called
    )
    return (_scaled(_rate(trace), quotient, -1),), steps, caption


def _adam(trace: Trace, name: str, gradient: Factor) -> Rules:
    (m_before, m), (v_before, v) = _moment(trace, name, "first"), _moment(trace, name, "second")
    t = trace.update.after.updates
    m_hat, v_hat = m / (1 - Adam.rho1**t), v / (1 - Adam.rho2**t)
    steps = (
        *_left_over(trace, ("m", m_before), ("v", v_before)),
        Step(
            tr("The mean of its gradients so far, the latest counting most."),
            rf"m = {Adam.rho1:g} \, m + {1 - Adam.rho1:g} \, g",
            m,
        ),
        Step(tr("The mean of their squares."), rf"v = {Adam.rho2:g} \, v + {1 - Adam.rho2:g} \, g \odot g", v),
        Step(
            trn(
                "Both began at 0, and after 1 update still stand too near to it.",
                "Both began at 0, and after {n} updates still stand too near to it.",
                t,
            ),
            rf"\hat{{m}} = \frac{{m}}{{1 - {Adam.rho1:g}^{{{t}}}}}",
            m_hat,
        ),
        Step(tr("The same for the squares."), rf"\hat{{v}} = \frac{{v}}{{1 - {Adam.rho2:g}^{{{t}}}}}", v_hat),
        Step(tr("ε is 10⁻⁸: where v̂ is 0 there is nothing to divide by."), r"\varepsilon = 10^{-8}"),
    )
    below = np.sqrt(v_hat) + Adam.delta
    quotient = _quotient(gradient, r"\hat{m}", r"\sqrt{\hat{v}} + \varepsilon", m_hat / below)
    called = plain_parameter(trace, name)
    if t == 1:
        caption = tr(
            "After one gradient m̂ is that gradient and √v̂ its size: each entry of {called} moves by about η.",
            called=called,
        )
    else:
        caption = tr(
            "Each entry of {called} is moved by the mean of its gradients over the root of their mean square.",
            called=called,
        )
    return (_scaled(_rate(trace), quotient, -1),), steps, caption


_RULES: dict[str, Callable[[Trace, str, Factor], Rules]] = {
    "sgd": _descent,
    "momentum": _momentum,
    "adagrad": _adagrad,
    "rmsprop": _rmsprop,
    "adam": _adam,
}


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


def _rate(trace: Trace) -> Factor:
    return Factor(r"\eta", r"\eta", np.array(trace.update.rule.rate), Role.CONSTANT)


def _scaled(number: Factor, array: Factor, sign: int) -> TermOf:
    return TermOf((number, array), Combine.SCALE, number.array * array.array, sign=sign)


def _quotient(gradient: Factor, above: str, below: str, array: Array) -> Factor:
    tex = rf"\frac{{{above}}}{{{below}}}"
    return Factor(tex, tex, array, Role.GRADIENT, gradient.shape, parameter=gradient.parameter)


def _left_over(trace: Trace, *moments: tuple[str, Array]) -> tuple[Step, ...]:
    """The moments that an earlier update left; of none, nothing is said."""
    if trace.update.before.updates == 0:
        return ()
    return tuple(
        Step(tr("{symbol} as the update before left it.", symbol=symbol), symbol, array) for symbol, array in moments
    )


def _moment(trace: Trace, name: str, kept: str) -> tuple[Array, Array]:
    """What the optimiser remembered of a parameter before the update, and what it remembers after."""
    before, after = trace.update.before, trace.update.after
    return _part(trace, before.arrays[kept], name), _part(trace, after.arrays[kept], name)


def _part(trace: Trace, flat: Array, name: str) -> Array:
    """The part of a flat vector like θ that belongs to a parameter."""
    return views(flat, {parameter: array.shape for parameter, array in trace.parameters.items()})[name]
