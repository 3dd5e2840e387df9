"""Say how a run broke, whose gradient was largest, and what to do about it."""

from math import inf, isfinite

from explorer.graph.arrays import Array
from explorer.graph.compute.clipping import norm
from explorer.language import tr, trn
from explorer.training.messages import Divergence
from explorer.training.settings import RunSettings


def divergence(
    settings: RunSettings, iteration: int, gradient_norm: float | None, gradients: dict[str, Array]
) -> Divergence:
    """Describe it; `gradients`, by parameter, are those of the given norm, which is None before the first."""
    if gradient_norm is None:
        return Divergence(
            iteration=iteration,
            parameter="",
            sentence=tr(
                "'{name}' cannot start: with its first weights the loss is no finite number.", name=settings.name
            ),
            remedy=tr("Start from smaller weights."),
        )
    name = max(gradients, key=lambda name: _size(gradients[name]))
    updates = trn("1 update", "{n:,} updates", iteration)
    gradient = (
        tr(
            "the last gradient had norm {gradient_norm:.3g}, the largest part of it in {name}",
            gradient_norm=gradient_norm,
            name=name,
        )
        if isfinite(gradient_norm)
        else tr("its gradient overflows, first of all that of {name}", name=name)
    )
    return Divergence(
        iteration=iteration,
        parameter=name,
        sentence=tr(
            "'{name}' diverged: after {updates} it is no longer computable; {gradient}.",
            name=settings.name,
            updates=updates,
            gradient=gradient,
        ),
        remedy=_remedy(settings),
    )


def _size(gradient: Array) -> float:
    """The norm of a parameter's gradient; inf if an entry is not finite."""
    size = norm(gradient.reshape(-1))
    return size if isfinite(size) else inf


def _remedy(settings: RunSettings) -> str:
    rate, threshold = settings.training.learning_rate, settings.training.clip_norm
    if threshold is None:
        return tr(
            "Clip the gradient, to norm 1 say, or lower the learning rate from {rate:g} to {less:g}.",
            rate=rate,
            less=rate / 10,
        )
    return tr(
        "Lower the learning rate from {rate:g} to {less:g}, or the clipping threshold from {threshold:g} to {lower:g}.",
        rate=rate,
        less=rate / 10,
        threshold=threshold,
        lower=threshold / 10,
    )
