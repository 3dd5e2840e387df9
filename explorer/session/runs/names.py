"""Name runs so that each says what tells it from the others in the list: `name_apart`."""

from collections import Counter
from collections.abc import Callable, Sequence

from explorer.graph.compute.optimizers import OPTIMIZERS
from explorer.session.beginning import Beginning
from explorer.session.runs.bundles import Bundle, bundles
from explorer.session.runs.runs import RunRecord
from explorer.session.training_plan import own_output
from explorer.training.problem import architecture_of, task_of
from explorer.training.settings import RunSettings
from explorer.training.validation import mixes

LONGEST_TEXT = 12
"""Characters of a text that a name quotes."""


def name_apart(records: Sequence[RunRecord]) -> None:
    """Name all runs of a list; a name given by hand stays as it is."""
    together = bundles(records)
    for bundle, apart in zip(together, told_apart(together), strict=True):
        for record in bundle.records:
            record.apart = apart
            seed = f"seed {record.settings.seed}" if len(bundle.records) > 1 else ""
            record.name = record.given or ", ".join(filter(None, (record.title, apart, seed)))


def told_apart(together: Sequence[Bundle]) -> list[str]:
    """For each, in words, every setting in which they differ: "T = 32, rate 0.1"; "" where they differ in none.

    What is fed back is not among them, for it is in the name anyway. Where task or network differ, these alone are
    said: what else differs follows from that. Those that would still be called the same are numbered.
    """
    told = []
    for bundle in together:
        words = (word(bundle) for word, alike in _WORDS if _differ(bundle, together, word, alike))
        told.append(", ".join(filter(None, words)))
    called = Counter((bundle.title, apart) for bundle, apart in zip(together, told, strict=True))
    places: Counter[tuple[str, str]] = Counter()
    for place, bundle in enumerate(together):
        name = bundle.title, told[place]
        if called[name] > 1:
            places[name] += 1
            told[place] = ", ".join(filter(None, (told[place], f"no. {places[name]}")))
    return told


def names_in_view(view: Sequence[Bundle]) -> dict[int, str]:
    """What to call each of those in view, by its id: the title where that says which, else its name in the list."""
    titles = Counter(bundle.first.title for bundle in view)
    return {
        bundle.id: ", ".join(filter(None, (bundle.first.title, bundle.apart if titles[bundle.first.title] > 1 else "")))
        for bundle in view
    }


def shared_problem(together: Sequence[Bundle]) -> str:
    """Task and network, where all of these have them in common."""
    return ", ".join(said.pop() for word in _PROBLEM if len(said := {word(bundle) for bundle in together}) == 1)


def described(bundle: Bundle) -> list[str]:
    """Every setting of a run, in words."""
    return [words for word, _ in _WORDS if (words := word(bundle))]


Word = Callable[[Bundle], str]


def _differ(bundle: Bundle, together: Sequence[Bundle], word: Word, alike: tuple[Word, ...]) -> bool:
    """Whether this setting differs among those that are alike in others."""
    rest = [other for other in together if all(same(other) == same(bundle) for same in alike)]
    return len({word(other) for other in rest}) > 1


def _of(word: Callable[[RunSettings], str]) -> Word:
    return lambda bundle: word(bundle.first.settings)


def _number(value: float) -> str:
    """The shortest text that is this number."""
    return f"{value:g}" if float(f"{value:g}") == value else repr(value)


def _options(settings: RunSettings) -> str:
    words = []
    task = task_of(settings)
    for option in task.options():
        value = getattr(task, option.name)
        if isinstance(value, str):
            cut = value if len(value) <= LONGEST_TEXT else f"{value[:LONGEST_TEXT]}…"
            words.append(f"“{' '.join(cut.split())}”")
        else:
            words.append(f"{option.title[0].lower()}{option.title[1:]} = {value}")
    return ", ".join(words)


def _clipping(settings: RunSettings) -> str:
    return "no clipping" if settings.training.clip_norm is None else f"clip {_number(settings.training.clip_norm)}"


def _optimizer(settings: RunSettings) -> str:
    training = settings.training
    title = OPTIMIZERS[training.optimizer].title
    return f"{title} {_number(training.momentum)}" if training.optimizer == "momentum" else title


def _schedule(settings: RunSettings) -> str:
    schedule = settings.training.schedule
    if not mixes(settings.feedback):
        return ""
    start, end = _number(schedule.start), _number(schedule.end)
    words = {
        "constant": f"P(target) {start}",
        "linear": f"P(target) {start} to {end}" + ("" if schedule.over is None else f" in {schedule.over:,}"),
        "exponential": f"P(target) {_number(schedule.k or 0.0)}ⁱ to {end}",
        "inverse_sigmoid": f"P(target) sigmoid, k = {_number(schedule.k or 0.0)}, to {end}",
    }
    return words[schedule.kind] + (", by sequence" if schedule.coin == "sequence" else "")


def _truncation(settings: RunSettings) -> str:
    if settings.training.truncate is None:
        return "whole BPTT"
    k1, k2 = settings.training.truncate
    return f"BPTT k₁ = {k1}, k₂ = {k2}"


def _until(settings: RunSettings) -> str:
    wanted = settings.training.stop_below
    return "no wanted loss" if wanted is None else f"until loss < {_number(wanted)}"


def _beginning(bundle: Bundle) -> str:
    """With which weights it began; the name of a branch says that by itself."""
    origin = bundle.first.origin
    if origin is None:
        return "from initial weights"
    return f"from {origin.said}" if isinstance(origin, Beginning) else ""


def _judged_on(settings: RunSettings) -> str:
    return "" if settings.feedback is None else f"judged on {own_output([settings])}"


def _seed(bundle: Bundle) -> str:
    seeds = [record.settings.seed for record in bundle.records]
    return f"seed {seeds[0]}" if len(seeds) == 1 else f"seeds {min(seeds)} to {max(seeds)}"


_task = _of(lambda s: task_of(s).title)
_network = _of(lambda s: architecture_of(s).title)
_fed = _of(lambda s: s.feedback or "")
_PROBLEM = _task, _network
_WORDS: tuple[tuple[Word, tuple[Word, ...]], ...] = (
    (_task, ()),
    (_of(_options), (_task,)),
    (_network, ()),
    (_of(lambda s: f"T = {s.length}"), _PROBLEM),
    (_of(lambda s: f"{s.network.hidden} hidden"), _PROBLEM),
    (_of(lambda s: s.network.activation), _PROBLEM),
    (_of(_optimizer), _PROBLEM),
    (_of(lambda s: f"rate {_number(s.training.learning_rate)}"), _PROBLEM),
    (_of(_clipping), _PROBLEM),
    (_of(lambda s: f"batch {s.training.batch}"), _PROBLEM),
    (_of(_schedule), (*_PROBLEM, _fed)),
    (_of(_truncation), _PROBLEM),
    (_of(lambda s: f"L² {_number(s.training.l2)}"), _PROBLEM),
    (_of(lambda s: f"first weights × {_number(s.training.initial_scale)}"), _PROBLEM),
    (_beginning, _PROBLEM),
    (_seed, _PROBLEM),
    (lambda b: f"{b.first.settings.training.iterations - b.first.start:,} iterations", _PROBLEM),
    (_of(_until), _PROBLEM),
    (_of(_judged_on), (*_PROBLEM, _of(lambda s: str(s.feedback is None)))),
    (_of(lambda s: f"judged every {s.training.evaluate_every:,}"), _PROBLEM),
    (_of(lambda s: f"judged on {s.training.evaluation_batch:,} sequences"), _PROBLEM),
)
"""How each setting is said, and what those it is compared with are alike in; what is nearest the problem first."""
