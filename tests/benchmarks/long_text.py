"""How many characters of a 5 MB text a second are learned from, and at what peak of memory, beside a loop in PyTorch.

Run by hand: `python tests/benchmarks/long_text.py [--seconds X]`. Fig. 10.3 with 128 hidden units, windows of 50
characters, 32 of them in a mini-batch, Adam; each contestant in a process of its own, with all cores. A peak of memory
counts the whole process: the interpreter, its libraries and the text.

Needs: nothing beyond the project; PyTorch is measured where it is installed.
"""

import argparse
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

sys.path.insert(0, str(Path(__file__).parents[2]))

import numpy as np
from msgspec.structs import replace

from explorer.training.run import Run
from explorer.training.settings import TaskSettings
from explorer.training.threads import blas_threads
from tests.settings import some_settings

SIZE, HIDDEN, T, B = 5_000_000, 128, 50, 32
LETTERS = "etaoin shrdlucmfwypvbgkjqxz.,;:!?'-\nETAOINSHRDLUCMFWYPVBGKJQXZ"
CONTESTANTS = ("explorer float64", "explorer float32", "PyTorch float64", "PyTorch float32")
MIB = 2**20 if sys.platform == "darwin" else 2**10
"""What the peak of memory is counted in, a MiB of it."""


def text() -> str:
    """Letters at random, the first of them the most frequent."""
    shares = 1.0 / np.arange(1, len(LETTERS) + 1)
    drawn = np.random.default_rng(0).choice(len(LETTERS), SIZE, p=shares / shares.sum())
    return np.frombuffer(LETTERS.encode(), np.uint8)[drawn].tobytes().decode()


def explorer_step(text: str, precision: str) -> Callable[[], object]:
    """An update as the app makes it, drawing of the mini-batch and optimiser with it."""
    settings = some_settings(
        *("hidden_to_hidden", "next_symbol"),
        **{"hidden": HIDDEN, "length": T, "batch": B, "precision": precision, "learning_rate": 0.001},
    )
    task = TaskSettings("next_symbol", {"text": text})
    return Run(replace(settings, task=task)).step


def torch_step(text: str, precision: str) -> Callable[[], object]:
    """The same with nn.RNN and torch.optim.Adam, the windows cut out of a tensor of characters."""
    import torch

    kind, K = getattr(torch, precision), len(LETTERS)
    place = np.zeros(128, np.int64)
    place[np.frombuffer(LETTERS.encode(), np.uint8)] = range(K)
    characters = torch.tensor(place[np.frombuffer(text.encode(), np.uint8)])
    rnn, output = torch.nn.RNN(K, HIDDEN, dtype=kind), torch.nn.Linear(HIDDEN, K, dtype=kind)
    adam = torch.optim.Adam([*rnn.parameters(), *output.parameters()], lr=0.001)
    within = torch.arange(T + 1)[:, None]

    def step() -> float:
        window = characters[within + torch.randint(len(characters) - T, (B,))]
        x = torch.nn.functional.one_hot(window[:-1], K).to(kind)
        logits = output(rnn(x)[0])
        loss = torch.nn.functional.cross_entropy(logits.reshape(-1, K), window[1:].reshape(-1), reduction="sum") / B
        adam.zero_grad()
        loss.backward()
        adam.step()
        return loss.item() / T

    return step


def measure(contestant: str, path: Path, seconds: float) -> None:
    """Print characters a second, by the median of the steps, and the peak of memory in MiB."""
    who, precision = contestant.split()
    try:
        step = (explorer_step if who == "explorer" else torch_step)(path.read_text(), precision)
    except ImportError:
        return
    settings = some_settings("hidden_to_hidden", "next_symbol", hidden=HIDDEN, length=T, batch=B)
    times, end = list[float](), perf_counter() + seconds
    with np.errstate(all="ignore"), blas_threads([settings]):
        while perf_counter() < end:
            begin = perf_counter()
            step()
            times.append(perf_counter() - begin)
    print(T * B / float(np.median(times)), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MIB)


def main() -> None:
    """Print a line for each contestant."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=10.0, help="for each contestant")
    parser.add_argument("--one", nargs=2, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        measure(options.one[0], Path(options.one[1]), options.seconds)
        return
    with TemporaryDirectory() as folder:
        path = Path(folder) / "text.txt"
        path.write_text(text())
        compare(path, options.seconds)


def compare(path: Path, seconds: float) -> None:
    """Measure each contestant on the text of a file."""
    own: dict[str, float] = {}
    for contestant in CONTESTANTS:
        command = [sys.executable, __file__, "--one", contestant, str(path), "--seconds", str(seconds)]
        printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
        if not printed:
            print(f"{contestant:18} is not installed")
            continue
        rate, peak = map(float, printed)
        precision = contestant.split()[1]
        own.setdefault(precision, rate)
        print(f"{contestant:18} {rate:12,.0f} characters a second ({rate / own[precision]:.2f} ×), {peak:6,.0f} MiB")


if __name__ == "__main__":
    main()
