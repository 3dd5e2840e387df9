"""Name runs so that each says what tells it from the others in the list: `name_apart`."""

from collections import Counter
from collections.abc import Callable, Sequence

from explorer.architectures import get_architecture
from explorer.data.data_set import decoded
from explorer.graph.compute.initial import RECURRENT
from explorer.graph.optimizers import OPTIMIZERS
from explorer.language import tr
from explorer.session.beginning import Beginning
from explorer.session.runs.bundles import Bundle, bundles
from explorer.session.runs.runs import RunRecord
from explorer.session.training_plan import own_output
from explorer.training.meaning import why_not
from explorer.training.problem import architecture_of, task_of
from explorer.training.schedules import SCHEDULES
from explorer.training.settings import RunSettings, TrainingSettings
from explorer.wording import inner

LONGEST_TEXT = 12
"""Characters of a text that a name quotes."""


def name_apart(records: Sequence[RunRecord]) -> None:
    """Name all runs of a list; a name given by hand stays as it is."""
    together = bundles(records)
    for bundle, apart in zip(together, told_apart(together), strict=True):
        for record in bundle.records:
            record.apart = apart
            seed = tr("seed {seed}", seed=record.settings.seed) if len(bundle.records) > 1 else ""
            record.name = ", ".join(filter(None, (record.title, "" if record.given else apart, seed)))


def told_apart(together: Sequence[Bundle]) -> list[str]:
    """For each, in words, every setting in which they differ: "T = 32, rate 0.1"; "" where they differ in none.

    What is fed back is not among them, for it is in the name anyway. Where task or network differ, these alone are
    said: what else differs follows from that. Those that would still be called the same are numbered.
    """
    told, known = [], _Known(together)
    for bundle in together:
        differing = (word for word, alike in _WORDS if known.differ(bundle, word, alike))
        words = (_options_apart(bundle, together) if word is _all_options else word(bundle) for word in differing)
        told.append(", ".join(filter(None, words)))
    called = Counter((bundle.title, apart) for bundle, apart in zip(together, told, strict=True))
    places: Counter[tuple[str, str]] = Counter()
    for place, bundle in enumerate(together):
        name = bundle.title, told[place]
        if called[name] > 1:
            places[name] += 1
            told[place] = ", ".join(filter(None, (told[place], tr("no. {places}", places=places[name]))))
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


class _Known:
    """What is said of each of these, found out once: each is compared with all others in every setting."""

    def __init__(self, together: Sequence[Bundle]) -> None:
        self._together, self._said = together, dict[tuple[Word, Bundle], str]()

    def differ(self, bundle: Bundle, word: Word, alike: tuple[Word, ...]) -> bool:
        """Whether this setting differs among those that are alike in others."""
        rest = (other for other in self._together if all(self._agree(same, other, bundle) for same in alike))
        return len({self._said_of(word, other) for other in rest}) > 1

    def _agree(self, same: Word, other: Bundle, bundle: Bundle) -> bool:
        return self._said_of(same, other) == self._said_of(same, bundle)

    def _said_of(self, word: Word, bundle: Bundle) -> str:
        if (word, bundle) not in self._said:
            self._said[word, bundle] = word(bundle)
        return self._said[word, bundle]


def _of(setting: str, word: Callable[[RunSettings], str]) -> Word:
    """The word for a setting, by its name; "" where it changes nothing."""

    def said(bundle: Bundle) -> str:
        run = bundle.first.settings
        why = why_not(setting, architecture_of(run), run.training, (run.feedback,), task_of(run))
        return "" if why else word(run)

    return said


def _trained(setting: str, word: Callable[[TrainingSettings], str]) -> Word:
    return _of(setting, lambda run: word(run.training))


def _number(value: float) -> str:
    """The shortest text that is this number."""
    return f"{value:g}" if float(f"{value:g}") == value else repr(value)


def _options(settings: RunSettings) -> dict[str, str]:
    """The options of the task in words, by their names; of those with a list to choose from, what is not as usual."""
    words = {}
    task = task_of(settings)
    for option in task.options():
        value = getattr(task, option.name)
        if option.kind == "data":
            words[option.name] = f"“{decoded(value).name or tr('pasted')}”"
        elif isinstance(value, str) and option.kind != "choice":
            cut = value if len(value) <= LONGEST_TEXT else f"{value[:LONGEST_TEXT]}…"
            words[option.name] = f"“{' '.join(cut.split())}”"
        elif option.kind != "choice" or value != option.default:
            words[option.name] = f"{inner(option.title)} = {value}"
    return words


def _options_apart(bundle: Bundle, together: Sequence[Bundle]) -> str:
    """Those options of a task in which any that learn it differ."""
    runs = [other.first.settings for other in together if _task(other) == _task(bundle)]
    others = [_options(run) for run in runs]
    own = _options(bundle.first.settings)
    return ", ".join(words for name, words in own.items() if any(other.get(name) != words for other in others))


def _choices(settings: RunSettings) -> str:
    """What is chosen of a network, where it is not as usual."""
    choices = get_architecture(settings.network.architecture).choices
    made = [(choices[name], value) for name, value in settings.network.choices.items()]
    unusual = [(choice, value) for choice, value in made if value != choice.default]
    on = {True: tr("yes"), False: tr("no")}
    return ", ".join(
        f"{inner(choice.title)}: {on[bool(value)]}" if choice.switch else f"{inner(choice.title)} = {value:g}"
        for choice, value in unusual
    )


def _limit(value: float | None, words: str, none: str) -> str:
    """The words with their {number}, or those for none."""
    return none if value is None else words.format(number=_number(value))


def _optimizer(training: TrainingSettings) -> str:
    optimizer = OPTIMIZERS[training.optimizer]
    return f"{optimizer.title} {_number(training.momentum)}" if optimizer.takes_momentum else optimizer.title


def _schedule(training: TrainingSettings) -> str:
    schedule = training.schedule
    kind, ends = SCHEDULES[schedule.kind], {"start": _number(schedule.start), "end": _number(schedule.end)}
    words = kind.words.format(number=_number(schedule.k or 0.0), **ends)
    if "over" in kind.parts and schedule.over is not None:
        words += tr(" in {over:,}", over=schedule.over)
    return words + (tr(", by sequence") if schedule.coin == "sequence" else "")


def _truncation(training: TrainingSettings) -> str:
    if training.truncate is None:
        return tr("whole BPTT")
    k1, k2 = training.truncate
    return tr("BPTT k₁ = {k1}, k₂ = {k2}", k1=k1, k2=k2)


def _first_w(bundle: Bundle) -> str:
    """How W was drawn, where it was."""
    started = _trained("initial", lambda training: tr("first W {initial}", initial=RECURRENT[training.initial].title))
    return "" if isinstance(bundle.first.origin, Beginning) else started(bundle)


def _beginning(bundle: Bundle) -> str:
    """With which weights it began; the name of a branch says that by itself."""
    origin = bundle.first.origin
    if origin is None:
        return tr("from initial weights")
    return tr("from {said}", said=origin.said) if isinstance(origin, Beginning) else ""


def _seed(bundle: Bundle) -> str:
    seeds = [record.settings.seed for record in bundle.records]
    return (
        tr("seed {seeds}", seeds=seeds[0])
        if len(seeds) == 1
        else tr("seeds {seeds} to {max}", seeds=min(seeds), max=max(seeds))
    )


_task = _of("task", lambda s: task_of(s).title)
_network = _of("architecture", lambda s: architecture_of(s).title)
_all_options = _of("options", lambda s: ", ".join(_options(s).values()))
_fed = _of("feedback", lambda s: s.feedback or "")
_PROBLEM = _task, _network
_at_once = _trained("ridge", lambda t: "" if t.ridge is None else f"λ = {_number(t.ridge)}")
_BY_GRADIENT = *_PROBLEM, lambda b: str(b.first.settings.training.ridge is None)
"""A readout that is learned at once has no setting of a gradient to be told apart by."""
_WORDS: tuple[tuple[Word, tuple[Word, ...]], ...] = (
    (_task, ()),
    (_all_options, (_task,)),
    (_network, ()),
    (_of("length", lambda s: f"T = {s.length}"), _PROBLEM),
    (_of("hidden", lambda s: tr("{hidden} hidden", hidden=s.network.hidden)), _PROBLEM),
    (_of("lag", lambda s: f"d = {s.network.lag}"), _PROBLEM),
    (_of("biases", lambda s: tr("with biases") if s.network.biases else tr("no biases")), _PROBLEM),
    (_of("choices", _choices), _PROBLEM),
    (_of("activation", lambda s: s.network.activation), _PROBLEM),
    (_at_once, _PROBLEM),
    (_trained("optimizer", _optimizer), _BY_GRADIENT),
    (_trained("learning_rate", lambda t: tr("rate {number}", number=_number(t.learning_rate))), _BY_GRADIENT),
    (_trained("clip_norm", lambda t: _limit(t.clip_norm, tr("clip {number}"), tr("no clipping"))), _BY_GRADIENT),
    (
        _trained(
            "clip_value", lambda t: _limit(t.clip_value, tr("entries within ±{number}"), tr("entries not clipped"))
        ),
        _BY_GRADIENT,
    ),
    (_trained("batch", lambda t: tr("batch {batch}", batch=t.batch)), _PROBLEM),
    (_trained("schedule", _schedule), (*_PROBLEM, _fed)),
    (_trained("truncate", _truncation), _BY_GRADIENT),
    (
        _trained("carry_state", lambda t: tr("states carried over") if t.carry_state else tr("states from zero")),
        _PROBLEM,
    ),
    (_trained("l2", lambda t: f"L² {_number(t.l2)}"), _BY_GRADIENT),
    (_trained("precision", lambda t: t.precision), _PROBLEM),
    (_trained("initial_scale", lambda t: tr("first weights × {number}", number=_number(t.initial_scale))), _PROBLEM),
    (_first_w, _PROBLEM),
    (_beginning, _PROBLEM),
    (_seed, _PROBLEM),
    (
        lambda b: tr("{iterations:,} iterations", iterations=b.first.settings.training.iterations - b.first.start),
        _PROBLEM,
    ),
    (
        _trained("stop_below", lambda t: _limit(t.stop_below, tr("until loss < {number}"), tr("no wanted loss"))),
        _PROBLEM,
    ),
    (_of("own_output", lambda s: tr("judged on {own_output}", own_output=own_output([s]))), _PROBLEM),
    (
        _trained("evaluate_every", lambda t: tr("judged every {evaluate_every:,}", evaluate_every=t.evaluate_every)),
        _PROBLEM,
    ),
    (
        _trained(
            "evaluation_batch",
            lambda t: tr("judged on {evaluation_batch:,} sequences", evaluation_batch=t.evaluation_batch),
        ),
        _PROBLEM,
    ),
)
"""How each setting is said, and what those it is compared with are alike in; what is nearest the problem first."""
