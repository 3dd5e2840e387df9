"""Weights that are not those of the seed: where they are from and what they were trained for."""

from collections.abc import Mapping

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from explorer.errors import ExplorerError, refuse
from explorer.graph.arrays import Array
from explorer.graph.compute.initial import RECURRENT
from explorer.graph.compute.updates import Moments
from explorer.language import tr, trn
from explorer.session.document import (
    Document,
    Shown,
    borders_shown,
    seeded_parameters,
    seeding,
    show,
    stepped,
    window_shown,
)
from explorer.session.edits import Edit, WeightEdit
from explorer.session.told import Telling, show_told
from explorer.session.training_plan import check_plan
from explorer.training.problem import architecture_of, sizes_of
from explorer.training.settings import NetworkSettings, Problem, TaskSettings
from explorer.training.validation import rule_of

Fit = tuple[NetworkSettings, TaskSettings]


class Weights(Struct, frozen=True, eq=False):
    """θ by name, and in words where it is from. Each is equal to itself alone, since arrays have no plain equality.

    `fits`: what they were trained for, see `fit_of`. `inherited`: edits by hand
    that training began with, so that these weights have grown from them and must not be edited by them again.
    `iteration`: that of the run, called `run`, which they are from. `updates`: how many updates that were stepped
    through have been taken since, and `moments` what the optimiser remembers of them.
    """

    parameters: Mapping[str, Array]
    origin: str
    fits: Fit
    inherited: tuple[Edit, ...] = ()
    iteration: int | None = None
    updates: int = 0
    moments: Moments | None = None
    run: str = ""
    telling: Telling | None = None

    @property
    def said(self) -> str:
        """Where they are from, in words."""
        if not self.updates:
            return self.origin
        updates = trn("1 stepped update", "{n:,} stepped updates", self.updates)
        return tr("{origin}, {updates} later", origin=self.origin, updates=updates)

    @property
    def still_shown(self) -> str:
        """That they stay although something was changed that the initial weights follow from, in a sentence."""
        return tr(
            "The graph still shows {said}; what was changed is for initial weights and for training.", said=self.said
        )

    @property
    def when(self) -> str:
        """The same in a word or two, for a title; "" where only the origin tells."""
        if self.iteration is not None:
            return tr("iteration {iteration:,}", iteration=self.iteration) + (
                f" + {self.updates}" if self.updates else ""
            )
        return tr("after {updates}", updates=trn("1 update", "{n:,} updates", self.updates)) if self.updates else ""


def fit_of(problem: Problem) -> Fit:
    """What trained weights must be for, to be put into a document: these units, whatever φ and first weights are."""
    return replace(problem.network, activation=NetworkSettings().activation, choices={}), problem.task


def refitted(weights: Weights, document: Document) -> Weights | None:
    """Weights for a document that they were not for: those of no run stay with every task of their size.

    None where they do not fit.
    """
    shapes = {name: array.shape for name, array in weights.parameters.items()}
    fits = fit_of(document)
    if weights.run or fits[0] != weights.fits[0] or shapes != architecture_of(document).shapes(sizes_of(document)):
        return None
    return replace(weights, fits=fits)


def origin_of(document: Document, weights: Weights | None) -> str:
    """Where the weights that are shown are from, in words."""
    scale = document.plan.training.initial_scale
    scaled = f" × {scale:g}" if scale != 1 else ""
    kind = RECURRENT[document.plan.training.initial].said
    origin = (
        weights.said
        if weights
        else tr("initial weights{scaled} of seed {seed}{kind}", scaled=scaled, seed=document.seed, kind=kind)
    )
    return tr("{origin}, edited", origin=origin) if weight_edits(without_inherited(document, weights)) else origin


def in_short(document: Document, weights: Weights | None) -> tuple[str, ...]:
    """The same for little room, from most to least words; of a run, whose name stands beside it, only when."""
    if weights is not None and weights.run:
        return (weights.when,)
    return origin_of(document, weights), (weights.when or weights.origin) if weights else tr("initial weights")


def untold(weights: Weights) -> Weights:
    """The same weights, of which no update is told any more."""
    return weights if weights.telling is None else replace(weights, telling=None)


def completed(parameters: Mapping[str, Array], origin: str, shown: Shown, document: Document) -> Weights:
    """Weights from elsewhere for a document; those not given are as shown, or as of the seed where shapes differ."""
    before = shown.trace.parameters
    seeded = seeded_parameters(document, architecture_of(document), sizes_of(document))
    alike = {name for name, array in seeded.items() if name in before and before[name].shape == array.shape}
    kept = {name: before[name] if name in alike else array for name, array in seeded.items()}
    return Weights(kept | dict(parameters), origin, fit_of(document))


def shown_anew(before: Shown, weights_before: Weights | None, document: Document, weights: Weights | None) -> Shown:
    """What a document with these weights leads to; nothing is worked out where only its plan of training differs."""
    seeded = seeding(document) == seeding(before.document)
    if weights is not None and weights.telling is not None:
        return show_told(document, weights.telling)
    if seeded and weights is weights_before and replace(document, plan=before.document.plan) == before.document:
        check_plan(document.plan)
        same_update = rule_of(stepped(document)) == rule_of(stepped(before.document))
        same_windows = window_shown(document) == before.window
        if same_update and same_windows and borders_shown(document) == before.trace.borders:
            return replace(before, document=document)
    return show(document) if weights is None else show(document, weights.parameters, weights.moments)


def why_no_loss(shown: Shown) -> str:
    """Why there is no update to take, and nothing to see of a nudge, in one sentence; "" if there is a loss."""
    if shown.network.output is not None:
        return ""
    return tr(
        "'{architecture}' has no output and so no loss: there is no update to take, and a nudge could change nothing.",
        architecture=shown.architecture.title,
    )


def after_update(shown: Shown, weights: Weights | None, document: Document) -> Weights:
    """The weights that the update which is shown leads to; ExplorerError if there is none, or no finite number."""
    refuse(why_no_loss(shown))
    trace, moments = shown.trace, shown.trace.update.after
    arrays = (*trace.parameters_after.values(), *moments.arrays.values())
    if not all(np.isfinite(array).all() for array in arrays):
        raise ExplorerError("This update leads to weights that are no finite numbers; choose a smaller η.")
    edited = bool(weight_edits(without_inherited(document, weights)))
    goes_on = weights is not None and weights.updates > 0 and not edited
    origin = weights.origin if goes_on and weights else origin_of(document, weights)
    updates = weights.updates + 1 if goes_on and weights else 1
    iteration, run = (weights.iteration, weights.run) if weights else (None, "")
    return Weights(trace.parameters_after, origin, fit_of(document), (), iteration, updates, moments, run)


def without_inherited(document: Document, weights: Weights | None) -> Document:
    """The document with only those edits that are still to be made to these weights."""
    if weights is None or not weights.inherited:
        return document
    return replace(document, edits=tuple(edit for edit in document.edits if edit not in weights.inherited))


def weight_edits(document: Document) -> tuple[Edit, ...]:
    """The edits by hand that change weights."""
    return tuple(edit for edit in document.edits if isinstance(edit, WeightEdit))
