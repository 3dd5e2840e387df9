"""What ten seeds cost beside one: a whole comparison, batches, judging and messages included, in the worker processes.

Run by hand: `python tests/benchmarks/seeds.py [--seeds 10] [--workers N] [--repeat 3] [--precision float64 float32]`.
Each time is from the command to the last message, of processes that have been started; by default there are as many
processes as cores, as in the window. The median of a few, with one seed and many in turn. Beside them: what an
update of one of the many runs takes, with all that is judged and sent, and without.

In each process the runs of a network are computed side by side where their arrays are small
(`training/side_by_side.py`): each numpy call does for all of them what it would do for one. What stays for each run by
itself is to draw its batches, to measure its gradient, and to be judged on 256 sequences in two modes, whose arrays are
as large as a cache.

Needs: nothing beyond the project; the more cores there are, the smaller the ratio.
"""

import argparse
import sys
from pathlib import Path
from statistics import median
from time import perf_counter, sleep

sys.path.insert(0, str(Path(__file__).parents[2]))

from msgspec.structs import replace

from explorer.graph.compute.lanes import cores
from explorer.session.runs.stories import STORIES
from explorer.session.training_plan import Plan, plan_runs
from explorer.training.commands import Start
from explorer.training.crew import TrainingCrew
from explorer.training.messages import Diverged, Failed, Finished, Rate
from explorer.training.settings import PRECISIONS, Problem, RunSettings, changed


def comparisons() -> dict[str, tuple[Problem, Plan]]:
    """What is trained: what the window begins with, and the stories."""
    found = {"as the window begins": (Problem(), Plan())}
    for story in STORIES:
        settings = {name: story.document[name] for name in ("network", "task", "length", "seed")}
        found[story.title] = changed(Problem(), **settings), story.plan
    return found


def seconds(crew: TrainingCrew, runs: tuple[RunSettings, ...]) -> tuple[float, float]:
    """From the command to the end of the last run; and for an update of one run, by its own computing time."""
    begin, left, by_run = perf_counter(), len(runs), (0.0,)
    crew.send(Start(runs))
    while left:
        for message in crew.poll():
            if isinstance(message, Failed):
                sys.exit(message.sentence)
            if isinstance(message, Rate):
                by_run = message.by_run
            left -= isinstance(message, Finished | Diverged)
        sleep(0.005)  # the window looks more rarely still: looking takes time from those that train
    return perf_counter() - begin, median(1 / rate if rate else 0.0 for rate in by_run)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", type=int, default=10)
    parser.add_argument("--workers", type=int, default=cores())
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--precision", nargs="+", choices=PRECISIONS, default=["float64"])
    options = parser.parse_args()
    print(f"{options.workers} worker(s), {cores()} core(s); seconds of 1 seed and of {options.seeds}, their")
    print("ratio, and what an update of a run takes, with all that is judged and sent, and without")
    crew = TrainingCrew(options.workers)
    try:
        for precision in options.precision:
            for title, (problem, plan) in comparisons().items():
                plan = changed(plan, precision=precision)
                one, many = (plan_runs(problem, replace(plan, seeds=seeds)) for seeds in (1, options.seeds))
                seconds(crew, tuple(changed(run, iterations=1) for run in many))  # until all processes are there
                times = [(seconds(crew, one)[0], *seconds(crew, many)) for _ in range(options.repeat)]
                alone, together, update = map(median, zip(*times, strict=True))
                whole = together * options.workers / len(many) / many[0].training.iterations
                print(
                    f"{precision}  {alone:7.3f}  {together:7.3f}  {together / alone:5.2f} ×  "
                    f"{whole * 1e6:4.0f} and {update * 1e6:4.0f} µs  {title}",
                    flush=True,
                )
    finally:
        crew.close()


if __name__ == "__main__":
    main()
