"""A training step with PyTorch's own layers, for networks that are made of them; gradients bear the book's names."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from explorer.architectures import get_architecture
from explorer.files.weights.places import output_place
from explorer.files.weights.writing import OUTPUT, pytorch_names
from tests.benchmarks.frameworks import Floats, Made

LAYERS = {"lstm": "LSTM", "gru": "GRU", "bidirectional": "RNN"}
"""The layer of torch.nn by network."""
Logits = Callable[[], Any]


def layer_step(
    architecture: str, feedback: str | None, theta: dict[str, Floats], x: Floats, y: NDArray[np.intp], rate: float
) -> Made:
    """A step of nn.LSTM, nn.GRU or a bidirectional nn.RNN with a linear output."""
    try:
        import torch
    except ImportError:
        return None
    declared = get_architecture(architecture)
    inputs, n_h = torch.tensor(x), len(next(array for array in theta.values() if array.ndim == 1))
    both = architecture == "bidirectional"
    layer = getattr(torch.nn, LAYERS[architecture])(x.shape[2], n_h, bidirectional=both, dtype=inputs.dtype)
    output = torch.nn.Linear(n_h * (1 + both), len(theta["c"]), dtype=inputs.dtype)
    own = {name: torch.tensor(array) for name, array in pytorch_names(theta, declared).items()}
    layer.load_state_dict({name: own[name] for name in layer.state_dict()})
    output.load_state_dict({name: own[f"{OUTPUT}.{name}"] for name in output.state_dict()})
    p = [*layer.parameters(), *output.parameters()]
    step = _descent(lambda: output(layer(inputs)[0]), p, y, rate)
    found = {"c": output.bias.grad.numpy()}
    for stack in declared.stacks:
        pieces = np.split(getattr(layer, stack.name).grad.numpy(), len(stack.parts))
        found |= dict(zip(stack.parts, pieces, strict=True))
    place = output_place(declared)
    assert place is not None
    found |= dict(zip(place.parts, np.split(output.weight.grad.numpy(), len(place.parts), 1), strict=True))
    return step, {name: array.copy() for name, array in found.items()}


def encoder_decoder_step(
    architecture: str, feedback: str | None, theta: dict[str, Floats], x: Floats, y: NDArray[np.intp], rate: float
) -> Made:
    """Two nn.RNN, the decoder fed the targets and the context at every step."""
    try:
        import torch
    except ImportError:
        return None
    inputs = torch.tensor(x)
    (T, B), n_x, n_y, n_h = y.shape, x.shape[2], len(theta["c"]), len(theta["b"])
    fed = torch.zeros(T, B, n_y, dtype=inputs.dtype)
    fed[1:] = torch.nn.functional.one_hot(torch.tensor(y[:-1]), n_y).to(inputs.dtype)
    encoder, decoder = (torch.nn.RNN(n, n_h, dtype=inputs.dtype) for n in (n_x, n_y + n_h))
    output = torch.nn.Linear(n_h, n_y, dtype=inputs.dtype)
    named = {
        "U_e": encoder.weight_ih_l0, "W_e": encoder.weight_hh_l0, "b_e": encoder.bias_ih_l0,
        "RQ": decoder.weight_ih_l0, "W": decoder.weight_hh_l0, "b": decoder.bias_ih_l0,
        "V": output.weight, "c": output.bias,
    }  # fmt: skip
    both = {"RQ": np.hstack([theta["R"], theta["Q"]])}
    with torch.no_grad():
        for name, tensor in named.items():
            tensor.copy_(torch.tensor((theta | both)[name]))
        for layer in (encoder, decoder):
            layer.bias_hh_l0.zero_()
            layer.bias_hh_l0.requires_grad_(False)

    def logits() -> Any:
        context = encoder(inputs)[1].expand(T, B, n_h)
        return output(decoder(torch.cat([fed, context], 2))[0])

    step = _descent(logits, list(named.values()), y, rate)
    found = {name: tensor.grad.numpy().copy() for name, tensor in named.items()}
    found["R"], found["Q"] = np.split(found.pop("RQ"), [n_y], 1)
    return step, found


def _descent(logits: Logits, parameters: list[Any], y: NDArray[np.intp], rate: float) -> Callable[[], None]:
    """A step of gradient descent; the gradients of the first are there, and moved nothing yet."""
    import torch

    targets, B = torch.tensor(y).reshape(-1), y.shape[1]

    def gradients() -> None:
        found = logits()
        loss = torch.nn.functional.cross_entropy(found.reshape(-1, found.shape[2]), targets, reduction="sum") / B
        for tensor in parameters:
            tensor.grad = None
        loss.backward()

    def step() -> None:
        gradients()
        with torch.no_grad():
            for tensor in parameters:
                tensor -= rate * tensor.grad

    gradients()
    return step
