"""What ten seeds cost beside one: a whole comparison, batches, judging and messages included, in the worker processes.

Run by hand: `python tests/benchmarks/seeds.py [--seeds 10] [--workers N] [--repeat 3] [--precision float64 float32]`.
Each time is from the command to the last message, of processes that have been started; by default there is one process
less than there are cores, as in the window. The median of a few, with one seed and many in turn.

Needs: nothing beyond the project; with more than two cores the seeds are spread over all but one.
"""

import argparse
import sys
from pathlib import Path
from statistics import median
from time import perf_counter, sleep

sys.path.insert(0, str(Path(__file__).parents[2]))

from msgspec.structs import replace

from explorer.session.runs.stories import STORIES
from explorer.session.training_plan import Plan, plan_runs
from explorer.training.commands import Start
from explorer.training.crew import TrainingCrew, cores
from explorer.training.messages import Diverged, Failed, Finished
from explorer.training.settings import PRECISIONS, Problem, RunSettings, changed


def comparisons() -> dict[str, tuple[Problem, Plan]]:
    """What is trained: what the window begins with, and the stories."""
    found = {"as the window begins": (Problem(), Plan())}
    for story in STORIES:
        settings = {name: story.document[name] for name in ("network", "task", "length", "seed")}
        found[story.title] = changed(Problem(), **settings), story.plan
    return found


def seconds(crew: TrainingCrew, runs: tuple[RunSettings, ...]) -> float:
    """From the command to the end of the last run."""
    begin, left = perf_counter(), len(runs)
    crew.send(Start(runs))
    while left:
        for message in crew.poll():
            if isinstance(message, Failed):
                sys.exit(message.sentence)
            left -= isinstance(message, Finished | Diverged)
        sleep(0.001)
    return perf_counter() - begin


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", type=int, default=10)
    parser.add_argument("--workers", type=int, default=max(1, cores() - 1))
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--precision", nargs="+", choices=PRECISIONS, default=["float64"])
    options = parser.parse_args()
    print(
        f"{options.workers} worker(s) on {cores()} core(s); seconds of 1 seed and of {options.seeds}, and their ratio"
    )
    crew = TrainingCrew(options.workers)
    try:
        for precision in options.precision:
            for title, (problem, plan) in comparisons().items():
                plan = changed(plan, precision=precision)
                one, many = (plan_runs(problem, replace(plan, seeds=seeds)) for seeds in (1, options.seeds))
                seconds(crew, tuple(changed(run, iterations=1) for run in many))  # until all processes are there
                times = [(seconds(crew, one), seconds(crew, many)) for _ in range(options.repeat)]
                alone, together = map(median, zip(*times, strict=True))
                print(f"{precision}  {alone:7.3f}  {together:7.3f}  {together / alone:5.2f} ×  {title}", flush=True)
    finally:
        crew.close()


if __name__ == "__main__":
    main()
