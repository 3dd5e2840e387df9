"""Divide the window among settings, graph, equations and curves, so that each can be read."""

from typing import NamedTuple

from explorer.ui.look.widths import LEAST_GRAPH, STACKED

USUAL, SMALLEST = (1440, 900), (900, 560)
"""Sizes, in px, of the window: at first, and the least that it shows all of itself in."""
SETTINGS, NARROW_SETTINGS = 258, 236
LEARN_SHARE, MOST_LEARN = 0.27, 330
"""The share of the width that lessons take in place of the settings, and the most, in px; no less than those."""
ROOMY = 1340
"""Width, in px, of a window below which the settings are narrow."""
LEAST_EQUATIONS = 330
"""Width, in px, that equations need, as `LEAST_GRAPH` the graph: where text is so large that there is no more."""
FEW_EQUATIONS, MOST_EQUATIONS, EQUATIONS_SHARE = 340, 420, 0.335
"""Widths, in px, and the share of what the settings leave: the graph takes what is left of that."""
LEAST_CURVES, CURVES_SHARE = 242, 0.36
"""Height, in px, of the training panel, and the share of the height that it takes where that is more."""
TALK_SHARE = 0.5
"""That share in a talk, where nothing but a sentence stands below the graph."""
GRAPH_NEEDS, STACKED_NEEDS = 408, 444
"""Height, in px, in which the graph with its stepper can be read; with the stepper in two rows (see `STACKED`)."""


class Division(NamedTuple):
    """Widths of settings and equations, height of the training panel, in px, and whether its curves have room."""

    settings: int
    equations: int
    training: int
    curves: bool


def division(width: int, height: int, learn: bool = False, talk: bool = False) -> Division:
    """How a window is divided; `height` is without menus and status line, `learn`: lessons stand for the settings.

    First the equations give way and then the curves, which in a low window are folded away.
    """
    settings = SETTINGS if width >= ROOMY else NARROW_SETTINGS
    if learn:
        settings = min(max(round(width * LEARN_SHARE), NARROW_SETTINGS), MOST_LEARN)
    beside = width - settings
    equations = min(max(round(beside * EQUATIONS_SHARE), FEW_EQUATIONS), MOST_EQUATIONS)
    equations = max(min(equations, beside - LEAST_GRAPH), LEAST_EQUATIONS)
    training = max(round(height * (TALK_SHARE if talk else CURVES_SHARE)), LEAST_CURVES)
    needed = GRAPH_NEEDS if beside - equations >= STACKED else STACKED_NEEDS
    return Division(settings, equations, training, height - training >= needed)
