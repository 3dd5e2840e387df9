"""How the cost of a training step and the memory of a trace grow with T and B: both should grow in proportion.

Run by hand: `python tests/benchmarks/scaling.py [--png FILE]`.

Needs: nothing beyond the project.
"""

import argparse
import sys
from pathlib import Path
from time import perf_counter

sys.path.insert(0, str(Path(__file__).parents[2]))

import numpy as np
from threadpoolctl import threadpool_limits

from explorer.architectures import get_architecture
from explorer.graph.batch import Batch
from explorer.graph.compute.initial import initial_parameters
from explorer.graph.compute.program import Program
from explorer.graph.feedback import connect, get_feedback

K, H = 8, 32
NETWORKS = {
    "hidden_to_hidden": ("hidden_to_hidden", None),
    "output_to_hidden, teacher forcing": ("output_to_hidden", "teacher_forcing"),
    "output_to_hidden, free running": ("output_to_hidden", "free_running_yhat"),
}


def step_time(architecture: str, feedback: str | None, T: int, B: int) -> float:
    """Best of several, in µs: growth is the question here, and noise only adds."""
    rng = np.random.default_rng(0)
    declared, sizes = get_architecture(architecture), {"n_x": K, "n_h": H, "n_y": K}
    program = Program(connect(declared, feedback and get_feedback(feedback)), sizes, T, B)
    for name, array in initial_parameters(declared, sizes, rng).items():
        program.memory.parameters[name][...] = array
    program.load(Batch({"x": np.eye(K)[rng.integers(0, K, (T, B))]}, rng.integers(0, K, (T, B))))
    best, end = np.inf, perf_counter() + 0.4
    while perf_counter() < end:
        start = perf_counter()
        program.forward()
        program.backward()
        best = min(best, perf_counter() - start)
    return best * 1e6


def trace_bytes(architecture: str, feedback: str | None, T: int, B: int) -> int:
    """What the arrays of a program that keeps everything for the screen take."""
    sizes = {"n_x": K, "n_h": H, "n_y": K}
    network = connect(get_architecture(architecture), feedback and get_feedback(feedback))
    program = Program(network, sizes, T, B, keep=True)
    memory = program.memory
    kept = [c.array for found in program.contributions.values() for c in found]
    arrays = [*memory.values.values(), *memory.gradients.values(), *kept]
    return sum(array.nbytes for array in arrays)


def main() -> None:
    """Print the figures and how they grow; draw them if asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--png", type=Path)
    options = parser.parse_args()
    lengths, batches = [10, 30, 100, 300, 1000, 3000, 10_000], [1, 4, 16, 64, 256]
    by_length: dict[str, list[float]] = {}
    by_batch: dict[str, list[float]] = {}
    with threadpool_limits(1):
        for title, (architecture, feedback) in NETWORKS.items():
            by_length[title] = [step_time(architecture, feedback, T, 8) for T in lengths]
            by_batch[title] = [step_time(architecture, feedback, 50, B) for B in batches]
            slope = np.polyfit(np.log(lengths[2:]), np.log(by_length[title][2:]), 1)[0]
            print(f"{title}\n  T {lengths}: {[round(t) for t in by_length[title]]} µs, as T^{slope:.2f} from T = 100")
            slope = np.polyfit(np.log(batches[2:]), np.log(by_batch[title][2:]), 1)[0]
            print(f"  B {batches}: {[round(t) for t in by_batch[title]]} µs, grows as B^{slope:.2f} from B = 16")
            sizes = [trace_bytes(architecture, feedback, T, 1) for T in (100, 1000)]
            print(f"  a trace takes {sizes[1] / 1e6:.2f} kB a step; T = 1000 : T = 100 is {sizes[1] / sizes[0]:.2f}")
    if options.png:
        from tests.benchmarks.picture import lines

        panels = {
            "over T (B = 8)": ("T", [float(T) for T in lengths], by_length),
            "over B (T = 50)": ("B", [float(B) for B in batches], by_batch),
        }
        lines(panels, options.png)


if __name__ == "__main__":
    main()
