"""The same training step in PyTorch (eager) and JAX (jit of scan), where they are installed, as precise as θ is."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.floating]
Made = tuple[Callable[[], object], dict[str, Floats]] | None


def torch_step(
    architecture: str, feedback: str | None, theta: dict[str, Floats], x: Floats, y: NDArray[np.intp], rate: float
) -> Made:
    """A step in PyTorch: nn.RNN where it fits the network, else a loop of cells written with matrix products."""
    try:
        import torch
    except ImportError:
        return None
    p = {name: torch.tensor(array, requires_grad=True) for name, array in theta.items()}
    inputs, targets = torch.tensor(x), torch.tensor(y)
    kind = inputs.dtype
    K, (T, B) = x.shape[2], y.shape
    H = theta["b"].shape[0]
    one_hot = torch.nn.functional.one_hot(targets, K).to(kind)
    before = torch.cat([torch.zeros(1, B, K, dtype=kind), one_hot[:-1]])
    rnn = None
    if architecture == "hidden_to_hidden":
        rnn = torch.nn.RNN(K, H, dtype=kind)
        p["W"], p["U"], p["b"] = rnn.weight_hh_l0, rnn.weight_ih_l0, rnn.bias_ih_l0
        with torch.no_grad():
            for name in "WUb":
                p[name].copy_(torch.tensor(theta[name]))
            rnn.bias_hh_l0.zero_()
        rnn.bias_hh_l0.requires_grad_(False)

    def logits() -> Any:
        if rnn is not None:
            return rnn(inputs)[0] @ p["V"].T + p["c"]
        if feedback == "teacher_forcing":
            h = torch.tanh(inputs @ p["U"].T + before @ p["W"].T + p["b"])
            return h @ p["V"].T + p["c"]
        outer = inputs @ p["U"].T + p["b"]
        yhat, found = torch.zeros(B, K, dtype=kind), []
        for t in range(T):
            o = torch.tanh(outer[t] + yhat @ p["W"].T) @ p["V"].T + p["c"]
            yhat = torch.softmax(o, 1)
            found.append(o)
        return torch.stack(found)

    def gradients() -> dict[str, Floats]:
        loss = torch.nn.functional.cross_entropy(logits().reshape(-1, K), targets.reshape(-1), reduction="sum") / B
        for tensor in p.values():
            tensor.grad = None
        loss.backward()
        return {name: tensor.grad for name, tensor in p.items()}

    def step() -> None:
        found = gradients()
        with torch.no_grad():
            for name, tensor in p.items():
                tensor -= rate * found[name]

    return step, {name: array.numpy().copy() for name, array in gradients().items()}


def torch_threads(count: int) -> None:
    """Let PyTorch use this many threads from here on, where it is installed."""
    try:
        import torch
    except ImportError:
        return
    torch.set_num_threads(count)


def jax_step(
    architecture: str, feedback: str | None, theta: dict[str, Floats], x: Floats, y: NDArray[np.intp], rate: float
) -> Made:
    """A step in JAX, compiled once."""
    try:
        import jax
    except ImportError:
        return None
    jax.config.update("jax_enable_x64", True)
    import jax.numpy as jnp

    inputs, targets = jnp.asarray(x), jnp.asarray(y)
    K, B = x.shape[2], x.shape[1]
    one_hot = jax.nn.one_hot(targets, K, dtype=inputs.dtype)
    before = jnp.concatenate([jnp.zeros((1, B, K), inputs.dtype), one_hot[:-1]])

    def loss(p: Any) -> Any:
        outer = inputs @ p["U"].T + p["b"]
        if feedback == "teacher_forcing":
            o = jnp.tanh(outer + before @ p["W"].T) @ p["V"].T + p["c"]
        else:

            def cell(carry: Any, a: Any) -> Any:
                h = jnp.tanh(a + carry @ p["W"].T)
                o = h @ p["V"].T + p["c"]
                return (h if feedback is None else jax.nn.softmax(o)), o

            start = jnp.zeros((B, p["W"].shape[1]), inputs.dtype)
            _, o = jax.lax.scan(cell, start, outer)
        return -(jax.nn.log_softmax(o) * one_hot).sum() / B

    p = {name: jnp.asarray(array) for name, array in theta.items()}
    update = jax.jit(lambda p: jax.tree.map(lambda a, g: a - rate * g, p, jax.grad(loss)(p)))
    state = [p]

    def step() -> None:
        state[0] = jax.block_until_ready(update(state[0]))

    return step, {name: np.asarray(array) for name, array in jax.grad(loss)(p).items()}
