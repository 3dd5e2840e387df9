"""How long a training step takes (forward, BPTT, update, one batch), beside numpy by hand, PyTorch and JAX.

Run by hand: `python tests/benchmarks/training_step.py [--png FILE] [--sizes S0 S1 …] [--networks ID …]
[--precision float64 float32] [--seconds X] [--counts] [--cores N]`. The contestants are interleaved, must first agree
on the gradient, and are compared by the median of their times. Everybody is measured with one BLAS thread and with all:
the executor's time is that of the app's own rule, every other's the better one (JAX has threads of its own).

Needs: nothing beyond the project; PyTorch and JAX are measured where they are installed.
"""

import argparse
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

if os.environ.pop("OPENBLAS_CORETYPE", None):
    print("OPENBLAS_CORETYPE was set, which can halve numpy's speed; measured with it unset.")
    os.execv(sys.executable, [sys.executable, *sys.argv])

sys.path.insert(0, str(Path(__file__).parents[2]))

import numpy as np
from threadpoolctl import threadpool_limits

from explorer.architectures import get_architecture
from explorer.graph.batch import Batch
from explorer.graph.compute.initial import initial_parameters
from explorer.graph.compute.lanes import cores
from explorer.graph.compute.program import Program
from explorer.graph.declaration import Sizes
from explorer.graph.feedback import Network, connect, get_feedback
from explorer.training.threads import many_pay, recurs, spare_cores
from tests.benchmarks.by_hand import FreeRunning, HiddenToHidden, TeacherForced
from tests.benchmarks.counts import counted
from tests.benchmarks.frameworks import Floats, Made, jax_step, torch_step, torch_threads
from tests.benchmarks.torch_layers import encoder_decoder_step, layer_step


@dataclass(frozen=True)
class Size:
    """n_x = n_y = K, hidden units, time steps, sequences in a batch."""

    K: int
    H: int
    T: int
    B: int


SIZES = {
    "S0": Size(4, 8, 8, 1),
    "S1": Size(8, 16, 12, 16),
    "S2": Size(16, 32, 25, 32),
    "S3": Size(64, 128, 50, 32),
    "S4": Size(64, 256, 100, 64),
    "S5": Size(8, 32, 1000, 8),
}
NETWORKS = {
    "hidden_to_hidden": None,
    "output_to_hidden teacher_forcing": "teacher_forcing",
    "output_to_hidden free_running_yhat": "free_running_yhat",
    "lstm": None,
    "gru": None,
    "bidirectional": None,
    "encoder_decoder": "teacher_forcing",
}
"""What each network is fed back, by its title; the first word of that is its id."""
BY_HAND = dict(zip(NETWORKS, (HiddenToHidden, TeacherForced, FreeRunning), strict=False))
PLAIN = (("PyTorch", torch_step), ("JAX", jax_step))
OTHERS = {
    **dict.fromkeys(("lstm", "gru", "bidirectional"), (("PyTorch", layer_step),)),
    "encoder_decoder": (("PyTorch", encoder_decoder_step),),
}
"""Who else does a step, where it is not those of the plain networks."""
RATE = 1e-3
Step = Callable[[], object]


def contestants(network: str, size: Size, dtype: type) -> dict[str, Step]:
    """Who can do a step of this network here, all from the same θ and on the same batch."""
    rng = np.random.default_rng(0)
    architecture, feedback = network.split()[0], NETWORKS[network]
    K, H, T, B = size.K, size.H, size.T, size.B
    declared = get_architecture(architecture)
    theta = {name: array.astype(dtype) for name, array in initial_parameters(declared, _sizes(size), rng).items()}
    symbols, y = rng.integers(0, K, (T, B)), rng.integers(0, K, (T, B))
    x = np.eye(K, dtype=dtype)[symbols]
    batch = Batch({"x": x}, y, {"x": symbols})
    program = _program(network, size, dtype)
    for name, array in program.memory.parameters.items():
        array[...] = theta[name]
    memory = program.memory
    update = np.empty_like(memory.theta)

    def executor() -> None:
        program.load(batch)
        program.forward()
        program.backward()
        np.multiply(memory.theta_gradient, RATE, update)
        np.subtract(memory.theta, update, memory.theta)

    found: dict[str, Step] = {"explorer": executor}
    executor()
    expected = {name: array.copy() for name, array in memory.parameter_gradients.items()}

    def enter(label: str, made: Made) -> None:
        if made is not None:
            found[label], gradients = made
            for name, array in gradients.items():
                _agree(array, expected[name])

    if network in BY_HAND:
        hand = BY_HAND[network](theta, K, H, T, B, RATE)
        hand.step(x, y)
        enter("by hand", (lambda: hand.step(x, y), {name: getattr(hand, f"g{name}") / B for name in "bWUcV"}))
    for label, make in OTHERS.get(network, PLAIN):
        enter(label, make(architecture, feedback, theta, x, y, RATE))
    return found


def _program(network: str, size: Size, dtype: type) -> Program:
    return Program(_connected(network), _sizes(size), size.T, size.B, dtype, one_hot=("x", "y"))


def _sizes(size: Size) -> Sizes:
    return {"n_x": size.K, "n_h": size.H, "n_y": size.K, "T_x": size.T}


def _connected(network: str) -> Network:
    feedback = NETWORKS[network]
    return connect(get_architecture(network.split()[0]), feedback and get_feedback(feedback))


def _agree(array: Floats, expected: Floats) -> None:
    """As well as sums over all steps can be right in this precision."""
    share = 1e-9 if expected.dtype == np.float64 else 2e-3
    np.testing.assert_allclose(array, expected, rtol=share, atol=share * float(np.abs(expected).max()))


def medians(steps: dict[str, Step], seconds: float) -> dict[str, float]:
    """Median time of a step in µs, the contestants taking turns."""
    times: dict[str, list[float]] = {name: [] for name in steps}
    for step in steps.values():
        step()
    end = perf_counter() + seconds
    while perf_counter() < end or len(times["explorer"]) < 5:
        for name, step in steps.items():
            # A turn is long enough that what the others left in the caches does not count.
            for _ in range(1 if times[name] and times[name][-1] > 0.01 else 10):
                start = perf_counter()
                step()
                times[name].append(perf_counter() - start)
    return {name: float(np.median(values)) * 1e6 for name, values in times.items()}


def best(network: str, steps: dict[str, Step], size: Size, seconds: float) -> dict[str, float]:
    """Median times by the app's rule for the executor, with the better number of threads for all others."""
    found: dict[bool, dict[str, float]] = {}
    for many in (False, True):
        threads = cores() if many else 1
        torch_threads(threads)
        with threadpool_limits(threads):
            found[many] = medians(steps, seconds / 2)
    many = spare_cores() > 1 and many_pay(size.B, size.H) and recurs(_connected(network))
    own = found[many]["explorer"]
    return {"explorer": own} | {
        name: min(times[name] for times in found.values()) for name in steps if name != "explorer"
    }


def main() -> None:
    """Print medians and ratios; write a picture if asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--png", type=Path)
    parser.add_argument("--sizes", nargs="+", default=list(SIZES), choices=SIZES)
    parser.add_argument("--networks", nargs="+", default=list(NETWORKS), metavar="ID", help="of " + ", ".join(NETWORKS))
    parser.add_argument("--precision", nargs="+", default=["float64", "float32"], choices=("float64", "float32"))
    parser.add_argument("--seconds", type=float, default=6.0, help="for each network and size")
    parser.add_argument("--counts", action="store_true", help="say what each step consists of, too")
    parser.add_argument("--cores", type=int, help="hold everybody to so many (Linux)")
    options = parser.parse_args()
    rows: dict[str, dict[str, dict[str, float]]] = {}
    if options.cores:
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[: options.cores])  # before anybody counts them
    print(f"numpy {np.__version__}, {cores()} cores, µs a step (median)")
    wanted = [title for title in NETWORKS if {title, title.split()[0]} & set(options.networks)]
    for network, precision in ((network, precision) for precision in options.precision for network in wanted):
        title = f"{network} {precision}"
        print(f"\n{title}")
        rows[title] = {}
        for name in options.sizes:
            size = SIZES[name]
            steps = contestants(network, size, np.dtype(precision).type)
            found = rows[title][name] = best(network, steps, size, options.seconds)
            own = found["explorer"]
            ratios = ", ".join(f"{who} {t:.1f} ({t / own:.2f} ×)" for who, t in found.items() if who != "explorer")
            print(f"  {name}: explorer {own:.1f}; {ratios}", flush=True)
            if options.counts:
                print(f"      {counted(_program(network, size, np.dtype(precision).type))}", flush=True)
    if options.png:
        from tests.benchmarks.picture import bars

        bars(rows, options.png)


if __name__ == "__main__":
    main()
