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


def test_exposure_bias_on_hello_which_wavers_on_the_way() -> None:
    fed, own, soft = dict[str, list[float]](), dict[str, list[float]](), list[float]()
    wavering = []
    for settings in runs(HELLO):
        mode = settings.feedback or ""
        run = Run(changed(settings, evaluate_every=50 if mode == "teacher_forcing" else settings.training.iterations))
        judged = [m for batch in train([run]) for m in batch if isinstance(m, Evaluated)]
        fed.setdefault(mode, []).append(judged[-1].evaluation.open_loop.score)
        own.setdefault(mode, []).append(judged[-1].evaluation.closed_loop.score)
        if mode == "teacher_forcing":
            wavering.append([m.evaluation.closed_loop.score for m in judged if m.iteration >= 100])
        if mode == "free_running_yhat":  # the same network, judged on another output of its own
            soft.append(Run(changed(settings, own_output="yhat"), run.theta).evaluate().closed_loop.score)
    assert {mode: len(values) for mode, values in own.items()} == dict.fromkeys(HELLO.plan.modes, 10)
    measured = {
        "forced fed": np.median(fed["teacher_forcing"]),
        "forced own": np.median(own["teacher_forcing"]),
        "worst": min(own["teacher_forcing"]),
        "best": max(own["teacher_forcing"]),
        "mixed own": np.median(own["mixed_argmax"]),
        "free own": np.median(own["free_running_yhat"]),
        "soft own": np.median(soft),
    }
    told = {name: value for name, value in HELLO.measured.items() if name != "points"}
    assert {name: 100 * share for name, share in measured.items()} == pytest.approx(told, abs=2)
    assert np.ptp(np.median(wavering, axis=0)) > HELLO.measured["points"] / 100


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
