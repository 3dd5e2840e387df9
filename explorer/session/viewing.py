"""Say how a document is looked at (`View`): where the stepper stands, what is picked out, which panels are open.

All that decides the picture beside the document is in one record, so that a file, a lesson or a test can set it.
Whether it is train or test time is in the document, as another network is computed then.
"""

from typing import Annotated, Literal

from msgspec import Meta, Struct
from msgspec.structs import replace

from explorer.graph.analyse.composition import REACH, Drive
from explorer.graph.analyse.surface import Entry
from explorer.graph.unfold import Vertex
from explorer.language import tr
from explorer.session.stepping import Grain
from explorer.training.pace import Pace

Selection = Vertex | str | None
"""A node at a step, a parameter by its name, or nothing."""
Reading = Literal["symbols", "shapes", "here"]
"""How an equation is written: in general, with the shapes of its arrays, or with the steps at hand."""
Card = Literal[
    "errors", "drift", "example", "writing", "score", "sequences",
    "states", "units", "reach", "composition", "jacobians", "cliff",
]  # fmt: skip
"""A view beside the curves."""
SPEEDS = (0.25, 0.5, 1.0, 2.0, 4.0, 8.0, 16.0)
"""How fast the stepper plays, as multiples of the usual speed."""
SMOOTHINGS = {tr("none"): 0, tr("light"): 3, tr("medium"): 7, tr("strong"): 21}
"""Over how many judgements the curves are averaged."""


class Sight(Struct, frozen=True, forbid_unknown_fields=True):
    """The part of the graph that is looked at: what is in the middle, and how much larger it is than when all is seen.

    x, y: shares of the drawing's width and height, from 0 to 1.
    """

    x: Annotated[float, Meta(ge=0, le=1)]
    y: Annotated[float, Meta(ge=0, le=1)]
    zoom: Annotated[float, Meta(gt=0, le=10_000)]


Distance = Annotated[float, Meta(ge=-1000, le=1000)]


class LongTerm(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """How the views on long-term dependencies look at the network (sections 10.7, 10.10 and 10.11).

    What is not in the network that is shown is passed over: another takes its place.
    """

    gain: Annotated[float, Meta(ge=0, le=100, title=tr("Recurrent weights ×"))] = 1.0
    """How large the recurrent weights are taken, in repeated composition and on the surface, and nowhere else."""
    followed: str | None = None
    """The state that is composed, and whose Jacobians are multiplied; None: the first."""
    drive: Drive = "own"
    draw: Annotated[int, Meta(ge=0, le=2**31 - 1)] = 0
    line: Annotated[float, Meta(gt=0, le=1000)] = REACH
    """Of repeated composition: the input meanwhile, the number of the random line, and how far that reaches, in √n."""
    axes: tuple[Entry, Entry] | None = None
    half: Annotated[float, Meta(gt=0, le=1000)] = 1.0
    """Of the surface: the two entries that it is over, None for two that recur, and how far it reaches from them."""
    start: tuple[Distance, Distance] = (0.0, 0.0)
    rate: Annotated[float, Meta(gt=0, le=1000)] | None = None
    clip: Annotated[float, Meta(gt=0, le=1e9)] | None = None
    """Of the descent: from where, learning rate, and the norm to clip to; None: as training is planned."""


class Writing(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """What the card of writing goes on from, and how it chooses: the most probable symbol, or by luck."""

    prompt: Annotated[str, Meta(max_length=1000)] | None = None
    """None: what the task offers."""
    sampled: bool = False
    temperature: Annotated[float, Meta(gt=0, le=100)] = 1.0
    luck: Annotated[int, Meta(ge=0, le=2**31 - 1)] = 0


class SeenUnits(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """How the card of units looks at the network; what that or its task has not is passed over."""

    node: str | None = None
    """The node whose units are seen; None: the state that the output reads."""
    unit: Annotated[int, Meta(ge=0, le=100_000)] | None = None
    """The unit by which symbols are coloured, counted from 0; None: the one that follows best."""
    fact: str | None = None
    """The id of what the task knows, which units are held against; None: the first that it says."""


class OtherTime(Struct, frozen=True, forbid_unknown_fields=True, tag="time"):
    """The same network at test time, or where that is shown, at train time (fig. 10.6)."""


class OtherNetwork(Struct, frozen=True, forbid_unknown_fields=True, tag="network"):
    """Another network, by its id, on the same task and sequence."""

    network: str


class OtherRun(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, tag="run"):
    """The weights of a run, by its id, at an iteration.

    None: at that at which the graph shows another run, or the newest.
    """

    run: int
    iteration: int | None = None


class WeightsBefore(Struct, frozen=True, forbid_unknown_fields=True, tag="before"):
    """The weights before those that are shown: those before a run, or without updates and edits by hand."""


Companion = OtherTime | OtherNetwork | OtherRun | WeightsBefore
"""What stands beside the graph; all else is as in the graph itself."""


Unit = Annotated[int, Meta(ge=0, le=100_000)]


class HiddenStates(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """How the card of hidden states looks at them; what the network or its task has not is passed over."""

    seen_state: str | None = None
    """The state that is seen; None: the first."""
    plane: tuple[Unit, Unit] | None = None
    """The two units that span the plane, counted from 0; None: the first two principal components."""
    coloured: str | None = None
    """The id of what the task knows by which states are coloured; None: the first that it says."""
    moved_by: str | None = None
    """The input that is held constant, as the task writes it; None: that of the step at hand."""
    arrows: bool = True
    fixed_points: bool = True
    machine: bool = True
    """What is drawn with the states: where the input moves them, where it leaves them, the machine that is read off."""


class View(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """How a document is looked at; the defaults are those of a new window."""

    cursor: int = 0
    """How many events are done."""
    selection: Selection = None
    path: tuple[int, int, str] | None = None
    """(k, t, state): the way of the gradient of L(k) back to that state at step t is picked out."""
    grain: Grain = Grain.NODE
    speed: Annotated[float, Meta(gt=0, le=100)] = 1.0
    pace: Pace = "normal"
    """How fast training goes on before the eyes; it changes no number."""
    quiz: bool = False
    """Whether a step forward first asks what it will bring."""

    fold: Annotated[float, Meta(ge=0, le=1)] = 0.0
    """How far the graph is folded: 0 unfolded, 1 one column with its loop."""
    sight: Sight | None = None
    """Where one looks; None: at the whole graph."""
    beside: bool | None = None
    """Whether the folded graph is drawn beside the unfolded one; None: where the network's figure shows both."""
    companion: Companion | None = None
    """What stands beside the graph, stepped by the same cursor."""
    alone: tuple[bool, bool | None] | None = None
    """`equations` and `curves` as they were before a companion took their room."""
    show_a: bool = False
    """Whether the pre-activations a are drawn."""
    open_cells: bool = False
    """Whether what is inside cells, such as the gates of an LSTM, is drawn."""
    slow_motion: bool = False
    """Whether all but what is computed now is dimmed."""
    motion: bool | None = None
    """Whether folding and stepping are animated; None: unless the system asks for as little motion as can be."""

    settings: bool = True
    learn: bool = False
    equations: bool = True
    training: bool = True
    """Which panels are open; lessons stand in the place of settings."""
    curves: bool | None = None
    """Whether the curves are shown below the graph; None: where the window is high enough."""
    card: Card = "errors"
    before: tuple[Card, bool, bool | None] | None = None
    """`card`, `training` and `curves` as they were before a card was turned to by its command, which leads back."""
    run: int | None = None
    """The id of the run that the cards beside the curves are about; None: the first of those in view."""
    travel: tuple[int, int] | None = None
    """The run and the iteration whose weights the graph shows, as they were along that run."""
    follow: bool = False
    """Whether the graph shows the newest weights of that run, also while it trains."""
    departed: tuple[int, int] | None = None
    """The cursor where the way along a run began, and where it was put then."""
    example: Annotated[int, Meta(ge=0, le=2**31 - 1)] = 0
    """The number of the sequence that the card of one example follows."""
    writing: Writing = Writing()
    longterm: LongTerm = LongTerm()
    states: HiddenStates = HiddenStates()
    seen_units: SeenUnits = SeenUnits()
    reading: Reading = "symbols"
    pinned: str = ""
    """The parameter with which the gradient ledger stays; "": with the one that each event touches."""
    log_loss: bool = False
    log_iterations: bool = False
    smoothing: Annotated[int, Meta(ge=0, le=1000)] = 0
    mini_batches: bool = True
    exposure_bias: bool = True
    """How the curves are drawn: axes, running means, the loss of each mini-batch, the gap between both judgements."""


def alone(view: View) -> View:
    """The graph without a companion: equations and curves are as they were, unless they have been called back."""
    if view.alone is None:
        return replace(view, companion=None)
    equations, curves = view.alone
    curves = curves if view.curves is False else view.curves
    return replace(view, companion=None, alone=None, equations=view.equations or equations, curves=curves)


def afresh(view: View) -> View:
    """The same panels and ways to draw, for another document, looked at from its beginning."""
    new, view = View(), alone(view)
    looking = ("cursor", "selection", "path", "sight", "pinned")
    along_runs = ("run", "travel", "follow", "departed", "example", "writing")
    return replace(view, **{name: getattr(new, name) for name in (*looking, *along_runs)})


PASSING = ("travel", "follow", "departed", "before")
"""What of a view is about something that has been left meanwhile."""


def lasting(view: View) -> dict[str, object]:
    """What of a view there is to come back to with its document, by name; whether lessons are open is not among it."""
    return {name: getattr(view, name) for name in View.__struct_fields__ if name not in (*PASSING, "learn")}
