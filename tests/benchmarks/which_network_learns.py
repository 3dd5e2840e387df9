"""Which network learns which task, and in how many iterations: every pair that goes together, over several seeds.

Run by hand: `python tests/benchmarks/which_network_learns.py [--tasks ID …] [--architectures ID …] [--seeds N]`. A task
is learned where 99 % of the outputs on held-out sequences are right; or, where chance has a part in the targets or
they are numbers, where the loss has come down 98 % of the way from the best constant guess to the floor, which is known
less exactly from a sample. What a task says of the networks that learn it (`Task.networks`) must agree with this table.

Needs: nothing beyond the project.
"""

import argparse
import sys
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).parents[2]))

import numpy as np

from explorer.architectures import architectures
from explorer.graph.feedback import get_feedback, suited
from explorer.graph.output import Output
from explorer.tasks import Task, get_task, task_ids
from explorer.training.matching import for_task, untrainable
from explorer.training.messages import Judged
from explorer.training.run import Run
from explorer.training.settings import NetworkSettings, RunSettings, TaskSettings, TrainingSettings
from explorer.training.threads import one_thread

RIGHT, WAY = 0.99, 0.98
SEQUENCES = 1000
"""To judge on, so that what chance adds to a loss is well below the way that is left to go."""


@dataclass(frozen=True)
class Outcome:
    """When a run had learned its task, fed the targets and fed its own output, and how near it came."""

    when: tuple[int | None, int | None]
    best: tuple[float, float]


def progress(judged: Judged, task: Task, output: Output, T: int) -> float:
    """The share that is right, or how far the loss is from chance to floor; 1 or more where that is enough."""
    floor = task.entropy_floor(T)
    if output.kind.metric.share and floor == 0:
        return judged.score / RIGHT
    assert floor is not None, "a long text has no floor to come down to"
    chance = task.chance_loss(T)
    return (chance - judged.loss) / (chance - floor) / WAY


def outcome(settings: RunSettings) -> Outcome:
    """Train until the task is learned both ways, or the iterations are used up."""
    with one_thread(), np.errstate(all="ignore"):
        run = Run(settings)
        output = run.architecture.output
        assert output is not None
        when: list[int | None] = [None, None]
        best = [-np.inf, -np.inf]
        while run.iteration < settings.training.iterations and not run.diverged and None in when:
            for _ in range(settings.training.evaluate_every):
                run.step()
            evaluation = run.evaluate()
            for i, judged in enumerate((evaluation.open_loop, evaluation.closed_loop)):
                best[i] = max(best[i], progress(judged, run.task, output, settings.length))
                if when[i] is None and best[i] >= 1.0:
                    when[i] = run.iteration
        return Outcome((when[0], when[1]), (best[0], best[1]))


def ways(architecture: str, task: Task) -> tuple[str | None, ...]:
    """What a network can be fed in training: the targets or its own prediction, or nothing."""
    network = for_task(architectures()[architecture], task)
    if not network.takes_feedback or network.output is None:
        return (None,)
    return "teacher_forcing", suited(get_feedback("free_running"), network.output).id


def plans(options: argparse.Namespace) -> dict[tuple[str, str, str | None], list[RunSettings]]:
    """The runs of each task, network and way of training, one for each seed."""
    training = TrainingSettings(
        learning_rate=options.rate,
        clip_norm=1.0,
        iterations=options.iterations,
        evaluate_every=options.every,
        evaluation_batch=SEQUENCES,
    )
    return {
        (id, architecture, feedback): [
            RunSettings(
                network=NetworkSettings(architecture, options.hidden),
                task=TaskSettings(id),
                length=options.length or task.default_length,
                seed=seed,
                feedback=feedback,
                training=training,
            )
            for seed in range(options.seeds)
        ]
        for id in options.tasks
        for task in [get_task(id)]
        for architecture in options.architectures
        if not untrainable(architectures()[architecture], task)
        for feedback in ways(architecture, task)
    }


def said(outcomes: list[Outcome], way: int) -> str:
    """How many seeds learned, in how many iterations, and how near they came: medians."""
    learned = [found.when[way] for found in outcomes]
    times = [when for when in learned if when is not None]
    after = f"{median(times):6.0f}" if times else "     –"
    far = median(found.best[way] for found in outcomes)
    return f"{len(times)}/{len(learned)} {after} {far:7.3f}"


def main() -> None:
    """Print the table, a task at a time."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tasks", nargs="+", choices=task_ids(), default=task_ids())
    parser.add_argument("--architectures", nargs="+", choices=tuple(architectures()), default=tuple(architectures()))
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--iterations", type=int, default=3000, help="at most")
    parser.add_argument("--every", type=int, default=50, help="iterations between two judgements")
    parser.add_argument("--length", type=int, help="T, instead of the usual one of each task")
    parser.add_argument("--hidden", type=int, default=16)
    parser.add_argument("--rate", type=float, default=0.01)
    parser.add_argument("--jobs", type=int, default=1, help="processes")
    options = parser.parse_args()
    print(f"{options.seeds} seeds, {options.hidden} hidden units, adam {options.rate}, batches of 32, at most", end=" ")
    print(
        f"{options.iterations} iterations; seeds that learned, iterations and how near they came to that (1: learned)"
    )
    shown = None
    with ProcessPoolExecutor(options.jobs) as pool:
        found = {key: pool.map(outcome, runs) for key, runs in plans(options).items()}
        for (id, architecture, feedback), results in found.items():
            if id != shown:
                shown, T = id, options.length or get_task(id).default_length
                chance, floor = get_task(id).chance_loss(T), get_task(id).entropy_floor(T)
                print(f"\n{id}, T = {T}: chance {chance:.3f}, floor {floor:.3f}")
                print(f"  {'':18} {'trained on':18} {'fed targets':>18} {'fed its own':>20}")
            outcomes = list(results)
            own = said(outcomes, 1) if feedback else ""
            print(f"  {architecture:18} {feedback or '':18} {said(outcomes, 0):>18} {own:>20}", flush=True)


if __name__ == "__main__":
    main()
