"""Train a run otherwise: with one change (`variations`), what mends it (`remedied`), its readout learned at once."""

from math import inf

from msgspec.structs import replace

from explorer.graph.optimizers import OPTIMIZERS
from explorer.language import tr
from explorer.session.training_plan import AT_ONCE, Plan, mode_name, modes_of
from explorer.training.meaning import why_not
from explorer.training.problem import architecture_of
from explorer.training.settings import FIRST_RIDGE, Problem, RunSettings, TrainingSettings, changed
from explorer.wording import inner


def variations(settings: RunSettings) -> dict[str, RunSettings]:
    """Return what "the same again with one change" offers, by what is changed."""
    training, hidden = settings.training, settings.network.hidden
    rate, iterations = training.learning_rate, training.iterations
    found = {}
    output = architecture_of(settings).fed_back
    if output is not None:
        forced, free = modes_of(Plan(), output)
        twin = free if settings.feedback == forced else forced
        title = mode_name(twin, output)
        name = settings.name.replace(mode_name(settings.feedback, output), title)
        found[tr("{title}, its twin", title=inner(title))] = replace(settings, feedback=twin, name=name)
    if training.ridge is None and not why_not("ridge", architecture_of(settings), training, (settings.feedback,)):
        found[tr("its readout learned at once")] = at_once(settings)
    found |= {
        tr("another seed ({seed})", seed=settings.seed + 1): changed(settings, seed=settings.seed + 1),
        tr("learning rate {lower:g}", lower=rate / 10): changed(settings, learning_rate=rate / 10),
        tr("learning rate {rate:g}", rate=rate * 10): changed(settings, learning_rate=rate * 10),
        tr("{hidden} hidden units", hidden=hidden * 2): changed(settings, hidden=hidden * 2),
        tr("length {length}", length=settings.length * 2): changed(settings, length=settings.length * 2),
        tr("{iterations:,} iterations", iterations=iterations * 2): changed(settings, iterations=iterations * 2),
    }
    if training.clip_norm is None:
        found[tr("clip to norm 1")] = changed(settings, clip_norm=1.0)
    else:
        found[tr("no clipping")] = changed(settings, clip_norm=None)
    for optimizer in ("sgd", "adam"):
        if training.optimizer != optimizer:
            found[OPTIMIZERS[optimizer].title] = changed(settings, optimizer=optimizer)
    return found


def why_no_readout(problem: Problem) -> str:
    """Why a network has no readout that could be learned at once, in one sentence; "" if it has."""
    return why_not("ridge", architecture_of(problem), TrainingSettings(), ())


def at_once(settings: RunSettings) -> RunSettings:
    """The same run with its readout learned at once."""
    training = replace(settings.training, ridge=settings.training.ridge or FIRST_RIDGE, truncate=None)
    return replace(settings, name=AT_ONCE, training=training)


def remedied(settings: RunSettings) -> tuple[str, RunSettings]:
    """Return what to do about a divergence, in a word or two, and the settings that do it."""
    training = settings.training
    adaptive = OPTIMIZERS[training.optimizer].adaptive
    if training.clip_norm is None and not adaptive:
        return tr("Clip to norm 1"), changed(settings, clip_norm=1.0)
    rate = min(training.learning_rate / 10, TrainingSettings().learning_rate if adaptive else inf)
    return tr("Learning rate {rate:g}", rate=rate), changed(settings, learning_rate=rate)
