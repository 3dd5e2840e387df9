"""Put into words what the card of hidden states shows. No Qt."""

from collections import Counter

import numpy as np

from explorer.graph.analyse.fixed_points import TOLERANCE, Stability
from explorer.language import tr, trn
from explorer.session.states.machine import NoMachine
from explorer.session.states.seen import ReadOff, Seen, Stay
from explorer.tasks import Fact
from explorer.tasks.facts import UNKNOWN
from explorer.ui.typography.numbers import figures

USUAL = 0.9
"""The share of its steps that must have a name for a state of a machine to be called so."""


def stability_name(stability: Stability) -> str:
    """What a fixed point is."""
    return {
        "stable": tr("stable"),
        "neutral": tr("neutral"),
        "saddle": tr("saddle"),
        "unstable": tr("unstable"),
    }[stability]


def given(seen: Seen) -> str:
    """The input that is held constant, in a sentence."""
    nothing = tr("no input")
    return nothing if seen.input_name == nothing else tr("input {input}", input=seen.input_name)


def stay_words(seen: Seen, stay: Stay) -> str:
    """One fixed point, and how exactly it is one."""
    return tr(
        "{kind} fixed point with {input}: the largest eigenvalue of a step's Jacobian here\nis {radius} in "
        "size. A step moves no unit by more than {tolerance}.",
        kind=stability_name(stay.point.stability).capitalize(),
        input=given(seen),
        radius=figures(stay.point.radius, 3),
        tolerance=f"{TOLERANCE:.0e}".replace("e-0", "e-"),
    )


def stays_words(seen: Seen) -> str:
    """How many fixed points were found, of which kinds."""
    if seen.stays is None:
        return ""
    if not seen.stays:
        return tr("With {input}, no fixed point was found.", input=given(seen))
    counts = Counter(stay.point.stability for stay in seen.stays)
    kinds = ", ".join(f"{count} {stability_name(kind)}" for kind, count in counts.items())
    if len(seen.stays) == 1:
        kind = stability_name(seen.stays[0].point.stability)
        return tr("With {input}: one fixed point, {kind}.", input=given(seen), kind=kind)
    return tr(
        "With {input}: {count} fixed points found, {kinds}.", input=given(seen), count=len(seen.stays), kinds=kinds
    )


def machine_words(seen: Seen) -> tuple[str, ...]:
    """What machine is read off and how well it says what the network does; and shorter. Else why there is none."""
    if seen.read is None:
        return (seen.why_unread,)
    if isinstance(seen.read, NoMachine):
        short = tr("No machine of a few states can be read off.")
        best = trn(
            "No machine can be read off: one cluster of states says what the network puts out at {share} of the steps.",
            "No machine can be read off: the best of up to {n} clusters of states says what the network puts out "
            "at {share} of the steps.",
            seen.read.tried,
            share=percent(seen.read.best),
        )
        return best, short
    machine = seen.read.machine
    states = trn("A machine of one state", "A machine of {n:,} states", len(machine))
    values = {
        "states": states,
        "agreement": percent(machine.agreement),
        "right": percent(machine.right),
        "tested": machine.tested,
    }
    said = tr(
        "{states} says what the network puts out at {agreement} of the steps of {tested} sequences that it was not "
        "read from, and {right} of what it says is right.",
        **values,
    )
    if not machine.apart:
        said = tr(
            "{states} says what the network puts out at {agreement} of the steps of all {tested} sequences there are, "
            "and {right} of what it says is right.",
            **values,
        )
    return said, tr("{states}: as the network at {agreement} of steps, {right} right.", **values)


def state_names(read: ReadOff, fact: Fact) -> tuple[int, ...]:
    """What each state of the machine stands for of what the task knows: the place of a name that nine in ten of its
    steps have, UNKNOWN where none does."""
    found = []
    for state in range(len(read.machine)):
        alike = fact.labelled and fact.values.shape == read.reached.shape
        here = fact.values[read.reached == state] if alike else np.zeros(0)
        labels, counts = np.unique(here[here >= 0], return_counts=True)
        often = counts.max(initial=0) / max(1, len(here))
        found.append(int(labels[counts.argmax()]) if often >= USUAL else UNKNOWN)
    return tuple(found)


def percent(share: float) -> str:
    """A share in per cent, cut off, so that only all of them are 100 %."""
    return f"{np.floor(1000 * share) / 10:g} %"
