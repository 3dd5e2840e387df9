"""Settings: of a network, a task and training, and what a run is of (`Problem`); documents and runs are made of these.

A bound stands here once, beside its field, with the field's title and a word about it: messages, forms and the command
line take them from here (explorer.reading.bounds). `changed` sets a setting wherever in a record it stands.
"""

from collections.abc import Mapping
from typing import Annotated, Any, Literal, TypeVar, get_args

from msgspec import Meta, Struct
from msgspec.structs import replace

from explorer.errors import refuse, suggest
from explorer.language import tr
from explorer.reading.bounds import declared, out_of_bounds
from explorer.training.schedules import Count, Schedule

LONGEST, MOST_HIDDEN = 10_000, 1024
TRAINED: Mapping[str, float] = {}
SHOWN: Mapping[str, float] = {"length": 1000, "hidden": 128, "seed": 2**31 - 1}
"""Upper bounds of what is shown step by step, below those of training.

With these and 256 symbols, the most that a text may have, a trace takes about 100 MB; no spin box counts further.
"""

Length = Annotated[int, Meta(ge=1, le=LONGEST, title=tr("Length T"), description=tr("Time steps"))]
Seed = Annotated[
    int, Meta(ge=0, le=2**63 - 1, title=tr("Seed"), description=tr("First weights, batches and judging follow from it"))
]
LearningRate = Annotated[float, Meta(gt=0, le=1000, title=tr("Learning rate"), description=tr("Learning rate"))]
Above0 = Annotated[float, Meta(gt=0, le=1e9)]
Window = Annotated[int, Meta(ge=1, le=LONGEST)]
_ACTIVATION = tr("Activation φ of the hidden units")
_LAG = tr("Steps that a connection skips, where one does")
_BIASES = tr("Without them each sum is of its matrices alone")


class NetworkSettings(Struct, frozen=True, forbid_unknown_fields=True):
    """Which network: an id of explorer.architectures, and what is left open there."""

    architecture: str = "output_to_hidden"
    hidden: Annotated[int, Meta(ge=1, le=MOST_HIDDEN, title=tr("Hidden units"), description=tr("Hidden units"))] = 8
    activation: Annotated[str, Meta(title=tr("Activation"), description=_ACTIVATION)] = "tanh"
    lag: Annotated[int, Meta(ge=1, le=50, title=tr("Lag d"), description=_LAG)] = 3
    biases: Annotated[bool, Meta(title=tr("Biases"), description=_BIASES)] = True
    choices: dict[str, float | bool] = {}
    """What its declaration leaves to the learner (`Architecture.choices`), where it is not as usual."""


class TaskSettings(Struct, frozen=True, forbid_unknown_fields=True):
    """Which task: an id of explorer.tasks, and those of its options that are not as usual."""

    id: str = "running_parity"
    options: dict[str, int | str] = {}


class Problem(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What is learned, by which network, from which first weights: what a document and a run both are of."""

    network: NetworkSettings = NetworkSettings()
    task: TaskSettings = TaskSettings()
    length: Length = 8
    seed: Seed = 0


FIRST_RIDGE = 1e-3
"""To begin with: little enough not to be seen in the loss, and enough for one minimum."""

OwnOutput = Literal["test", "argmax", "yhat", "o", "sample"]
Precision = Literal["float64", "float32"]
PRECISIONS: tuple[Precision, ...] = get_args(Precision)
_UNTIL = tr("A run ends early once the loss of a mini-batch, per predicted step, is below this")
_CARRY = tr(
    "Begin each mini-batch with the states that the one before ended with, as values without gradient; "
    "its sequences go on where those ended in the text"
)
_CLIP = tr("Clip the gradient to a norm (section 10.11.1)")
_CLIP_EACH = tr("Clip each entry of the gradient by itself (section 10.11.1)")
_RIDGE = tr(
    "Learn V and c at once: the minimum, over all sequences so far, of the sum of their losses and ½ "
    "λ‖V‖². With a linear output that is ridge regression, in closed form; with a softmax or a "
    "sigmoid, which have none, Newton's method goes there, each step a weighted ridge regression"
)
_PRECISION = tr(
    "The numbers that training computes with. float32 is faster, and right to about seven figures; the "
    "graph always shows float64"
)
_SCALE = tr("The first weights are those of the seed, times this, in training and in the graph")
_FIRST = tr("How the matrices between one state and the next start: seeded, as the identity (IRNN), or orthogonal")
_JUDGED = tr("Iterations between two judgements on held-out sequences; 0 is never")
_OWN = tr(
    "What is fed back where runs are judged on their own output, the same for all of them; at test "
    "time it is the arg max of a softmax"
)


class TrainingSettings(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """How a network is trained and judged.

    `truncate` (k1, k2): every k1 steps, back-propagate their losses through the last k2. `clip_norm` and `clip_value`
    None, and `l2` 0, are off. `ridge` is the λ by which the readout is learned at once, None for by gradient.
    `schedule` is that of a mixed feedback. With `carry_state` a mini-batch begins with the states in which the one
    before ended.
    `evaluate_every` counts iterations, 0 is never; `stop_below` ends the run once the training loss of a mini-batch,
    per predicted step, falls below it. `own_output` is what is fed back where a run is judged on its own output,
    whatever it was fed in training, so that runs can be compared: what takes the place of targets at "test" time, of a
    softmax its arg max, or another signal of its own.
    """

    optimizer: Annotated[str, Meta(title=tr("Optimiser"), description=tr("How θ is moved"))] = "adam"
    learning_rate: LearningRate = 0.02
    momentum: Annotated[float, Meta(ge=0, lt=1, title=tr("Momentum"))] = 0.9
    batch: Annotated[int, Meta(ge=1, le=4096, title=tr("Batch"), description=tr("Sequences in a mini-batch"))] = 32
    iterations: Annotated[Count, Meta(title=tr("Iterations"), description=tr("Updates to make"))] = 500
    stop_below: Annotated[Above0, Meta(title=tr("Until loss <"), description=_UNTIL)] | None = None
    clip_norm: Annotated[Above0, Meta(title=tr("Clip to norm"), description=_CLIP)] | None = None
    clip_value: Annotated[Above0, Meta(title=tr("Clip entries to ±"), description=_CLIP_EACH)] | None = None
    l2: Annotated[float, Meta(ge=0, le=10, title=tr("L² penalty"))] = 0.0
    ridge: Annotated[float, Meta(ge=1e-9, le=1e9, title=tr("Readout at once, λ"), description=_RIDGE)] | None = None
    truncate: Annotated[tuple[Window, Window], Meta(title=tr("Truncated BPTT"))] | None = None
    carry_state: Annotated[bool, Meta(title=tr("Carry states over"), description=_CARRY)] = False
    precision: Annotated[Precision, Meta(title=tr("Precision"), description=_PRECISION)] = "float64"
    initial_scale: Annotated[float, Meta(ge=0, le=100, title=tr("Initial weights ×"), description=_SCALE)] = 1.0
    initial: Annotated[str, Meta(title=tr("First W"), description=_FIRST)] = "seeded"
    schedule: Schedule = Schedule()
    evaluate_every: Annotated[int, Meta(ge=0, le=10_000_000, title=tr("Judge every"), description=_JUDGED)] = 10
    evaluation_batch: Annotated[int, Meta(ge=1, le=10_000, title=tr("Sequences to judge on"))] = 256
    own_output: Annotated[OwnOutput, Meta(title=tr("Own output is"), description=_OWN)] = "test"


class RunSettings(Problem, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Everything that decides a run: the same settings give the same curves.

    `feedback` is an id of explorer.graph.feedback, None on a network that feeds nothing back.
    """

    name: str = ""
    feedback: str | None = None
    training: TrainingSettings = TrainingSettings()


S = TypeVar("S", bound=Struct)


def changed(settings: S, /, **fields: Any) -> S:
    """The settings with these fields changed, each wherever it stands: here, or in a record inside.

    Raises ExplorerError for a name that is not among them.
    """
    own = {name: fields.pop(name) for name in settings.__struct_fields__ if name in fields}
    for name in settings.__struct_fields__:
        inside = own.get(name, getattr(settings, name))
        if isinstance(inside, Struct) and (found := fields.keys() & declared(type(inside)).keys()):
            own[name] = changed(inside, **{one: fields.pop(one) for one in found})
    if fields:
        raise suggest(next(iter(fields)), declared(type(settings)), tr("setting"))
    return replace(settings, **own)


def check_bounds(settings: Struct, most: Mapping[str, float] = TRAINED) -> None:
    """Raise ExplorerError, with a sentence, if a setting is no number that it can be.

    `most`: smaller upper bounds by name, see SHOWN.
    """
    refuse(out_of_bounds(type(settings), settings, most))


def problem_of(settings: Problem) -> Problem:
    """The problem alone that a document or a run is of."""
    return Problem(network=settings.network, task=settings.task, length=settings.length, seed=settings.seed)
