"""Where does teacher forcing learn sooner and then fail on its own output? Candidates for the opening comparison.

Run by hand: `python tests/benchmarks/exposure.py [--seeds N] [--jobs N]`. All is counted in iterations. Of each
candidate, over seeds: by when 95 % was right as in training, for teacher forcing and for free running on soft ŷ; for
how many iterations teacher forcing, once it had learned, was right on its own output in less than 70 %; in how many
seeds it was sooner, and in how many it lost 30 points or more on its own output, on the way and at the end. Runs are
judged on their arg max. The story of the comparison takes the shortest candidate that shows both in nearly all seeds,
with the seed that is nearest to the medians, which is printed.

Needs: nothing beyond the project.
"""

import argparse
import sys
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

import numpy as np

from explorer.session.runs.learning import LEARNED
from explorer.training.run import Run
from explorer.training.settings import NetworkSettings, RunSettings, TaskSettings, TrainingSettings
from explorer.training.threads import one_thread

EVERY, LOST, FAILS = 5, 0.3, 0.7
MODES = "teacher_forcing", "free_running_yhat"


@dataclass(frozen=True)
class Candidate:
    """A network on a task, and how it is trained."""

    architecture: str
    task: TaskSettings
    length: int
    hidden: int
    rate: float
    iterations: int = 400


def parity(length: int, hidden: int, rate: float) -> Candidate:
    """Running parity with the recurrence through the output alone."""
    return Candidate("output_to_hidden", TaskSettings("running_parity"), length, hidden, rate)


def by_heart(text: str, hidden: int, rate: float) -> Candidate:
    """One text, always from its beginning."""
    options: dict[str, int | str] = {"text": text, "starts": "blocks"}
    return Candidate("autoregressive", TaskSettings("next_symbol", options), len(text), hidden, rate)


CANDIDATES = (
    parity(6, 8, 0.02),
    parity(16, 8, 0.02),
    parity(16, 8, 0.005),
    parity(12, 16, 0.005),
    parity(16, 16, 0.005),
    parity(24, 16, 0.005),
    parity(24, 32, 0.005),
    Candidate("hidden_and_output", TaskSettings("running_parity"), 16, 16, 0.005),
    Candidate("output_to_hidden", TaskSettings("next_symbol"), 16, 16, 0.02),
    Candidate("hidden_and_output", TaskSettings("next_symbol"), 16, 16, 0.02),
    Candidate("autoregressive", TaskSettings("next_symbol"), 16, 16, 0.02),
    Candidate("output_to_hidden", TaskSettings("binary_addition"), 12, 16, 0.02),
    Candidate("hidden_and_output", TaskSettings("binary_addition"), 12, 16, 0.02),
    Candidate("vector_to_sequence", TaskSettings("tune"), 16, 8, 0.02),
    by_heart("one two three four ", 8, 0.02),
    by_heart("she sells sea shells ", 8, 0.02),
)


def shares(candidate: Candidate, mode: str, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """How much is right fed the targets and on its own output, at every EVERY-th iteration."""
    c = candidate
    training = TrainingSettings(learning_rate=c.rate, evaluate_every=0, iterations=c.iterations)
    settings = RunSettings(
        network=NetworkSettings(c.architecture, c.hidden),
        task=c.task,
        length=c.length,
        seed=seed,
        feedback=mode,
        training=training,
    )
    found = []
    with one_thread(), np.errstate(all="ignore"):
        run = Run(settings)
        for iteration in range(1, c.iterations + 1):
            run.step()
            if iteration % EVERY == 0:
                judged = run.evaluate()
                found.append((judged.open_loop.score, judged.closed_loop.score))
    fed, own = np.array(found).T
    return fed, own


def outcome(candidate: Candidate, seed: int) -> tuple[float, ...]:
    """When each way had learned (inf: never); how long the first failed then, what it lost at most, and at the end."""
    fed, own = shares(candidate, MODES[0], seed)
    _, free = shares(candidate, MODES[1], seed)
    failing = (fed >= LEARNED) & (own < FAILS)
    lost = np.where(fed >= LEARNED, fed - own, 0.0)
    return first(fed), first(free), float(failing.sum() * EVERY), float(lost.max()), float(fed[-1] - own[-1])


def first(share: np.ndarray) -> float:
    """The first iteration by which enough is right."""
    places = np.flatnonzero(share >= LEARNED)
    return float((places[0] + 1) * EVERY) if len(places) else np.inf


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", type=int, default=10)
    parser.add_argument("--jobs", type=int, default=1, help="processes")
    options = parser.parse_args()
    print("forced, free: iterations to learn (medians); failing: iterations; of", options.seeds, "seeds")
    print(f"{'':62} forced   free  failing  sooner  lost  at the end  nearest")
    with ProcessPoolExecutor(options.jobs) as pool:
        for c in CANDIDATES:
            found = np.array(list(pool.map(partial(outcome, c), range(options.seeds))))
            when, other, _, lost, end = found.T
            medians = np.median(found[:, :3], 0)
            nearest = int(np.abs(found[:, :3] - medians).sum(1).argmin()) if np.isfinite(medians).all() else "–"
            what = f"{c.architecture}, {c.task.id} {c.task.options.get('text', '')}"
            name = f"{what}, T = {c.length}, {c.hidden} hidden, rate {c.rate:g}"
            numbers = f"{medians[0]:6.0f} {medians[1]:6.0f} {medians[2]:8.0f} {(when < other).sum():7}"
            print(f"{name:62} {numbers} {(lost >= LOST).sum():5} {(end >= LOST).sum():11} {nearest:>8}", flush=True)


if __name__ == "__main__":
    main()
