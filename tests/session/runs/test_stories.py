"""The stories of the Train menu: their numbers are measured again, with their own settings, over fixed seeds."""

import numpy as np
import pytest
from msgspec.structs import replace

from explorer.session.runs.bundles import bundles
from explorer.session.runs.stories import STORIES, Story
from explorer.session.runs.verdict import verdict
from explorer.session.session import Session
from explorer.session.training_plan import Plan, Problem, plan_runs
from explorer.training.loop import train
from explorer.training.messages import Evaluated, Points
from explorer.training.run import Run
from explorer.training.settings import RunSettings, problem_of
from tests.settings import changed
from tests.trained import trained

COMPARISON, PARITY, ECHO, HELLO, EXPLOSION = STORIES


def problem(story: Story, **changes: object) -> Problem:
    """What the window trains once the story has changed its document."""
    session = Session()
    session.change(**{**story.document, **changes})
    return problem_of(session.document)


def runs(story: Story, plan: Plan | None = None, **changes: object) -> tuple[RunSettings, ...]:
    return plan_runs(problem(story, **changes), plan or story.plan)


def solved_at(settings: RunSettings, accuracy: float = 0.99) -> int:
    """The first iteration, judged, with this share right on its own output."""
    for messages in train([Run(settings)]):
        for message in messages:
            if isinstance(message, Evaluated) and message.evaluation.closed_loop.score >= accuracy:
                return message.iteration
    raise AssertionError("never solved")


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.title)
def test_a_story_can_be_trained_and_tells_its_numbers_only_afterwards(story: Story) -> None:
    assert runs(story)
    assert "{" not in story.told and story.told != story.found
    assert story.question.endswith("?") and len(story.asked) < 220, "one question, one place to look"
    assert not any(f"{number:.0f} %" in story.asked for number in story.measured.values())


def test_the_comparison_shows_both_halves_with_the_seed_nearest_to_the_medians() -> None:
    """All ten seeds: tests/benchmarks/exposure.py."""
    book = trained(runs(COMPARISON))
    found = verdict(bundles(book.records))
    assert found is not None and found.gap is not None and found.gap.fed - found.gap.own > 0.3
    forced, free = found.learned.values()
    assert forced == pytest.approx(COMPARISON.measured["forced"], abs=10)
    assert free == pytest.approx(COMPARISON.measured["free"], abs=30)


@pytest.mark.parametrize("length", [8, 16, 32])
def test_iterations_to_learn_parity(length: int) -> None:
    plan = replace(PARITY.plan, seeds=10)
    found: dict[str, list[int]] = {"forced": [], "free": []}
    for settings in runs(PARITY, plan, length=length):
        found["forced" if settings.feedback == "teacher_forcing" else "free"].append(solved_at(settings))
    for way, iterations in found.items():
        assert np.median(iterations) == pytest.approx(PARITY.measured[f"{way} {length}"], abs=5, rel=0.1)


def test_echo_needs_the_hidden_state() -> None:
    for settings in runs(ECHO, changed(ECHO.plan, seeds=3, evaluate_every=0)):
        run = Run(settings)
        for _ in train([run]):
            pass
        assert run.evaluate().open_loop.score <= ECHO.measured["ceiling"] / 100 + 0.04  # 256 sequences vary this much
    for settings in runs(ECHO, changed(ECHO.plan, seeds=3, iterations=100), architecture="hidden_to_hidden"):
        assert solved_at(settings) <= ECHO.measured["hidden"]


def test_exposure_bias_on_hello() -> None:
    found: dict[str, list[tuple[float, float]]] = {}
    softly = changed(HELLO.plan, evaluate_every=0, modes=("free_running_yhat",), own_output="yhat")
    for settings in (*runs(HELLO, changed(HELLO.plan, evaluate_every=0)), *runs(HELLO, softly)):
        run = Run(settings)
        for _ in train([run]):
            pass
        judged = run.evaluate()
        accuracies = judged.open_loop.score, judged.closed_loop.score
        found.setdefault(f"{settings.feedback}, judged on {settings.training.own_output}", []).append(accuracies)
    assert [len(values) for values in found.values()] == [10, 10, 10, 10]
    forced, mixed, free, soft = (np.array(values) for values in found.values())
    own = forced[:, 1]
    measured = {
        "forced fed": np.median(forced[:, 0]),
        "forced own": np.median(own),
        "worst": own.min(),
        "best": own.max(),
        "mixed own": np.median(mixed[:, 1]),
        "free own": np.median(free[:, 1]),
        "soft own": np.median(soft[:, 1]),
    }
    told = {name: value for name, value in HELLO.measured.items() if name != "points"}
    assert {name: 100 * share for name, share in measured.items()} == pytest.approx(told, abs=2)


def test_what_teacher_forcing_does_on_its_own_output_wavers() -> None:
    curves = []
    for settings in runs(HELLO, changed(HELLO.plan, modes=("teacher_forcing",), evaluate_every=50)):
        judged = [m for batch in train([Run(settings)]) for m in batch if isinstance(m, Evaluated)]
        curves.append([m.evaluation.closed_loop.score for m in judged if m.iteration >= 100])
    medians = np.median(curves, axis=0)
    assert np.ptp(medians) > HELLO.measured["points"] / 100


def test_clipping_an_explosion() -> None:
    for clip_norm in (None, 1.0):
        highest, right = [], []
        for settings in runs(EXPLOSION, changed(EXPLOSION.plan, seeds=5, clip_norm=clip_norm, evaluate_every=0)):
            run = Run(settings)
            losses = [m.training_loss.max() for batch in train([run]) for m in batch if isinstance(m, Points)]
            highest.append(max(losses))
            right.append(run.evaluate().open_loop.score)
        if clip_norm is None:
            assert min(highest) > EXPLOSION.measured["exploded"]
        else:
            assert (
                max(highest) < EXPLOSION.measured["clipped"] and 100 * np.median(right) > EXPLOSION.measured["accuracy"]
            )
