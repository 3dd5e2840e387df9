"""The reference cases: what PyTorch's autograd computed for one network on one batch, in float64."""

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

FOLDER = Path(__file__).resolve().parents[1] / "reference"
TOLERANCE = 1e-10

Tensor = NDArray[np.floating]


@dataclass(frozen=True)
class Reference:
    """One case; the names are explained in the README beside the files."""

    architecture: str
    activation: str
    feedback: str | None
    output: str
    sizes: dict[str, int]
    T: int
    B: int
    parameters: dict[str, Tensor]
    inputs: dict[str, Tensor]
    y: NDArray[np.number]
    initial: dict[str, Tensor]
    loss_weights: Tensor | None
    loss: float
    loss_per_step: Tensor
    nodes: dict[str, Tensor]
    node_gradients: dict[str, Tensor]
    parameter_gradients: dict[str, Tensor]
    initial_gradients: dict[str, Tensor]


def reference_names() -> list[str]:
    """The names of all cases."""
    return sorted(path.stem for path in FOLDER.glob("*.json"))


def reference(name: str) -> Reference:
    """The case of this name."""
    case = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    sizes, expected = case["sizes"], case["expected"]
    return Reference(
        architecture=case["architecture"],
        activation=case["activation"],
        feedback=case["feedback"],
        output=case.get("output", "softmax"),
        sizes={name: size for name, size in sizes.items() if name not in ("T", "B")},
        T=sizes["T"],
        B=sizes["B"],
        parameters=_arrays(case["parameters"]),
        inputs=_arrays({"x": case["x"]} if "x" in case else {}),
        y=np.array(case["y"]),
        initial=_arrays(case.get("initial", {})),
        loss_weights=np.array(case["loss_weights"]) if "loss_weights" in case else None,
        loss=expected["loss"],
        loss_per_step=np.array(expected["loss_per_step"]),
        nodes=_arrays(expected["nodes"]),
        node_gradients=_arrays(expected["node_gradients"]),
        parameter_gradients=_arrays(expected["parameter_gradients"]),
        initial_gradients=_arrays(expected.get("initial_gradients", {})),
    )


def _arrays(lists: dict[str, list[object]]) -> dict[str, Tensor]:
    return {name: np.array(values, np.float64) for name, values in lists.items()}
