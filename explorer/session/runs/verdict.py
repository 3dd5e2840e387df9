"""Say in one sentence what the curves of runs tell, from their numbers alone: `verdict`.

Which run learned first and when; which was right fed targets and wrong on its own output, and until when, or that none
was; that no difference is seen; or that a loss is out of hand, and what to do about it.
"""

from collections.abc import Mapping, Sequence
from math import inf

from msgspec import Struct

from explorer.graph.metric import ShareWords
from explorer.language import grouped, tr, trn
from explorer.session.runs.bundles import Bundle
from explorer.session.runs.learning import LEARNED, learned_by, shares
from explorer.session.runs.names import names_in_view
from explorer.session.runs.runs import Measure, RunRecord, Stage
from explorer.session.runs.trend import LossTrend, exposed, learned, trend
from explorer.session.variations import remedied
from explorer.training.commands import Origin
from explorer.training.problem import task_of
from explorer.training.settings import RunSettings
from explorer.wording import listed, times_ten_to

NEAR = 0.01
"""Shares that differ by no more than this are not told apart."""


class Gap(Struct, frozen=True):
    """A run is right in a share `fed` fed the targets, and in `own` on its own output, see `shares`.

    At its newest judgement; or at the iteration where they are furthest apart, and since `until` they are not any more.
    """

    run: int
    iteration: int
    fed: float
    own: float
    until: int | None

    @property
    def final(self) -> bool:
        """Whether it is there still."""
        return self.until is None


class Remedy(Struct, frozen=True, eq=False):
    """What mends runs: its name in a word or two, their settings, and where to begin (None: with fresh weights)."""

    title: str
    settings: tuple[RunSettings, ...]
    origin: Origin | None


class Verdict(Struct, frozen=True, eq=False):
    """`learned`: by which iteration each run had learned, or None, by its id; `gap`: the widest one.

    An `alarm` is about a loss out of hand, and `remedy` what mends it.
    """

    sentence: str
    learned: dict[int, int | None] = {}
    gap: Gap | None = None
    alarm: bool = False
    remedy: Remedy | None = None


def verdict(together: Sequence[Bundle]) -> Verdict | None:
    """What the runs in view tell; the newest, and those that can be compared with it. None before any tells something.

    Seeds count by their median.
    """
    wild = out_of_hand(together)
    if wild:
        return _alarm(wild)
    names = names_in_view(together)
    broken = [bundle for bundle in together if bundle.stage is Stage.DIVERGED]
    told = [bundle for bundle in comparable(together) if bundle not in broken and len(shares(bundle)[0]) > 1]
    parts = [tr("{names} diverged", names=names[bundle.id]) for bundle in broken]
    if not told:
        return Verdict(f"{'; '.join(parts)}.", alarm=True) if parts else None
    by = {bundle.id: learned_by(bundle) for bundle in told}
    gaps = [gap for bundle in told if (gap := gap_of(bundle)) is not None]
    gap = max(gaps, key=lambda gap: (gap.final, gap.fed - gap.own), default=None)
    sentences = ["; ".join([*parts, _race(told, by, names, gap)])]
    if gap is not None:
        name = tr("It") if len(told) == 1 and sentences[0].startswith(f"{names[gap.run]} ") else names[gap.run]
        sentences.append(_exposure(gap, name, told[0].first.kind.metric.said))
    elif unharmed := [names[one.id] for one in told if by[one.id] is not None and all(map(exposed, one.records))]:
        sentences.append(
            trn(
                "{names} lost nothing on its own output",
                "{names} lost nothing on their own output",
                len(unharmed),
                names=listed(unharmed),
            )
        )
    seeds = max(len(bundle.records) for bundle in told)
    medians = tr(" (medians of {seeds} seeds)", seeds=seeds) if seeds > 1 else ""
    return Verdict(f"{'. '.join(sentences)}{medians}.", by, gap, alarm=bool(broken))


def out_of_hand(together: Sequence[Bundle]) -> dict[RunRecord, LossTrend]:
    """Those of the newest start whose training loss is out of hand although it can still be computed."""
    newest = max((bundle.first.group for bundle in together), default=0)
    records = [record for bundle in together for record in bundle.records if record.group == newest]
    records = [record for record in records if record.stage is not Stage.DIVERGED]
    trends = {record: trend(record) for record in records}
    return {record: found for record, found in trends.items() if found is not None and found.out_of_hand}


def _alarm(wild: Mapping[RunRecord, LossTrend]) -> Verdict:
    """Name them, tell about the newest, and mend with it those that began where it did and need the same."""
    record, found = list(wild.items())[-1]
    title, settings = remedied(record.settings)
    same = [other for other in wild if other.origin is record.origin and remedied(other.settings)[0] == title]
    losses = tr(
        "from {first} to {highest} at iteration {at:,}",
        first=number(found.first),
        highest=number(found.highest),
        at=found.at,
    )
    if len(wild) == 1:
        said = tr("{record} does not learn: its loss rose {losses}", record=record.name, losses=losses)
    else:
        said = tr(
            "{other} do not learn: the loss of the last rose {losses}",
            other=listed([other.name for other in wild]),
            losses=losses,
        )
    remedy = Remedy(title, tuple(remedied(other.settings)[1] for other in same), record.origin)
    return Verdict(f"{said}; {cause(settings, record.settings)}.", alarm=True, remedy=remedy)


def comparable(together: Sequence[Bundle]) -> list[Bundle]:
    """Those that learn what the newest one learns, judged alike."""

    def learns(bundle: Bundle) -> object:
        s = bundle.first.settings
        return s.task, s.length, s.training.own_output

    return [bundle for bundle in together if learns(bundle) == learns(together[-1])]


def gap_of(bundle: Bundle) -> Gap | None:
    """How much more a run that is fed targets is right fed them than on its own output, if that is to be seen.

    At its end, or if it is gone by then, where it was widest since the run knew more than to guess.
    """
    if not all(exposed(record) for record in bundle.records):
        return None
    x, fed, own = shares(bundle)
    if not len(x):
        return None
    apart = fed - own
    apart[~learned(bundle.first, bundle.curve(Measure.OPEN_LOSS)[1])] = 0.0
    place = len(x) - 1 if apart[-1] > NEAR else int(apart.argmax())
    if apart[place] <= NEAR:
        return None
    latest = int((apart > NEAR).nonzero()[0][-1])
    until = int(x[latest + 1]) if latest + 1 < len(x) else None
    return Gap(bundle.id, int(x[place]), float(fed[place]), float(own[place]), until)


def cause(settings: RunSettings, broken: RunSettings) -> str:
    """What is to blame, by what the remedy changes."""
    rate = number(broken.training.learning_rate)
    if settings.training.clip_norm == broken.training.clip_norm:
        return tr("the learning rate {rate} is too high", rate=rate)
    return tr("the gradient explodes: clip it, or lower the learning rate {rate}", rate=rate)


def number(value: float) -> str:
    """A loss or rate, 0 or more, with three figures; before a power of ten with two."""
    if not 0 < value < inf:
        return "∞" if value > 0 else "0"
    if not 1e-3 <= value < 1e6:
        mantissa, power = f"{value:.1e}".split("e")
        return mantissa + times_ten_to(int(power))
    return grouped(value, ",.0f") if value >= 999.5 else f"{value:.3g}"  # which would be 1e+03


def _race(told: Sequence[Bundle], by: dict[int, int | None], names: Mapping[int, str], gap: Gap | None) -> str:
    """Who learned first, and by when; or how far all of them are."""
    by_time = sorted((at, place) for place, bundle in enumerate(told) if (at := by[bundle.id]) is not None)
    if not by_time:
        return _unlearned(told, names)
    first, ahead = by_time[0][0], [names[told[place].id] for at, place in by_time if at == by_time[0][0]]
    behind = [tr("{names} by {at:,}", names=names[told[place].id], at=at) for at, place in by_time if at > first]
    behind += [
        tr("{names} not by {end:,}", names=names[bundle.id], end=_end(bundle))
        for bundle in told
        if by[bundle.id] is None
    ]
    if len(ahead) > 1:
        same = tr("{ahead} learned by the same iteration, {first:,}", ahead=listed(ahead), first=first)
        alike = tr(": no difference is seen") if gap is None else ""
        return same + (f"; {', '.join(behind)}" if behind else alike)
    if behind:
        return tr(
            "{ahead} learned first, by iteration {first:,}; {behind}",
            ahead=ahead[0],
            first=first,
            behind=", ".join(behind),
        )
    return tr("{ahead} learned by iteration {first:,}", ahead=ahead[0], first=first)


def _unlearned(told: Sequence[Bundle], names: Mapping[int, str]) -> str:
    own = [(names[bundle.id], float(shares(bundle)[2][-1])) for bundle in told]
    each = told[0].first.kind.metric.said.bare.format(share=listed([f"{name} {percent(share)}" for name, share in own]))
    when = tr("after {iterations:,} iterations", iterations=max(map(_end, told)))
    spread = max(share for _, share in own) - min(share for _, share in own)
    if len(told) > 1 and spread <= NEAR:
        return tr("No difference is seen {when}: {each}{own}", when=when, each=each, own=_own(told))
    settings = told[0].first.settings
    if task_of(settings).entropy_floor(settings.length):
        chance_left = tr("part of what comes next is chance, which no network can know")
        return f"{each}{_own(told)} {when}; {chance_left}"
    return tr("Not learned {when}: {each}{own}", when=when, each=each, own=_own(told))


def _own(told: Sequence[Bundle]) -> str:
    if not told[0].first.takes_feedback:
        return ""
    return tr(" on its own output") if len(told) == 1 else tr(" on their own output")


def _exposure(gap: Gap, name: str, said: ShareWords) -> str:
    fed, own = percent(gap.fed), percent(gap.own)
    if gap.until is None:
        return tr(
            "{name} {now} fed targets, but {own} on its own output: exposure bias",
            name=name,
            now=said.now.format(share=fed),
            own=own,
        )
    then = tr(
        "{name} {was} fed targets, but {own} on its own output", name=name, was=said.was.format(share=fed), own=own
    )
    return tr(
        "{then} at iteration {iteration:,}: exposure bias until {until:,}",
        then=then,
        iteration=gap.iteration,
        until=gap.until,
    )


def in_hundred(share: float) -> int:
    """A share in per cent, such that neither what is not learned is called so, nor what is not yet all."""
    most = LEARNED if share < LEARNED else 1.0
    return min(round(share * 100), round(most * 100) - (share < most))


def percent(share: float) -> str:
    """`in_hundred`, with its sign."""
    return f"{in_hundred(share)} %"


def _end(bundle: Bundle) -> int:
    return int(shares(bundle)[0][-1])
