"""The few functions of PyTorch that source code of operations calls, by numpy, for where PyTorch is not installed."""

from types import SimpleNamespace

import numpy as np


class Tensor(np.ndarray):
    """An array with the words of PyTorch."""

    def sum(self, dim: int | None = None, keepdim: bool = False) -> "Tensor":
        return tensor(np.sum(np.asarray(self), axis=dim, keepdims=keepdim))

    def clamp(self, max: int) -> "Tensor":
        return tensor(np.minimum(np.asarray(self), max))


def tensor(array: object) -> Tensor:
    return np.asarray(array).view(Tensor)


def softmax(a: Tensor, dim: int) -> Tensor:
    raised = np.exp(np.asarray(a))
    return tensor(raised / raised.sum(axis=dim, keepdims=True))


def cross_entropy(logits: Tensor, target: Tensor, reduction: str) -> Tensor:
    assert reduction == "none"
    return tensor(-np.log(np.asarray(softmax(logits, 1))[np.arange(len(target)), target]))


torch = SimpleNamespace(
    tensor=tensor,
    tanh=np.tanh,
    sigmoid=lambda a: 1.0 / (1.0 + np.exp(-a)),
    relu=lambda a: np.maximum(a, 0.0),
    softmax=softmax,
    where=np.where,
    stack=lambda arrays, dim: np.stack(arrays, dim),
    einsum=np.einsum,
    cumsum=lambda a, dim: tensor(np.cumsum(np.asarray(a), axis=dim)),
    eye=lambda n, dtype: tensor(np.eye(n, dtype=dtype)),
    nn=SimpleNamespace(
        functional=SimpleNamespace(cross_entropy=cross_entropy, softplus=lambda z: np.logaddexp(0.0, z).view(Tensor))
    ),
)
