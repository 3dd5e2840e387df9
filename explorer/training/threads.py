"""Give BLAS one thread for small products, where a second costs more than it brings, and leave a core to the window."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager, nullcontext
from functools import cache
from typing import TYPE_CHECKING

from explorer.graph.compute.lanes import cores
from explorer.graph.feedback import Network
from explorer.graph.schedule import schedule
from explorer.training.problem import trained_network
from explorer.training.settings import RunSettings

if TYPE_CHECKING:
    from threadpoolctl import ThreadpoolController

_LARGE = 400_000
"""Multiplications in one recurrent product from which two threads were measured to gain (128 units, batch 32)."""
_SHARED_OUT = 200_000
"""Multiplications of the recurrent weights in a whole sweep from which BLAS would use several threads."""


@contextmanager
def blas_threads(settings: Iterable[RunSettings]) -> Iterator[None]:
    """Limit BLAS for these runs, by the same rule in every process: same threads, same sums."""
    large = any(many_pay(s.training.batch, s.network.hidden) and recurs(trained_network(s)) for s in settings)
    with _at_most(spare_cores() if large else 1):
        yield


def many_pay(batch: int, hidden: int) -> bool:
    """Whether a product of this size is faster on several cores than on one."""
    return batch * hidden * hidden >= _LARGE


def spare_cores() -> int:
    """How many cores training may keep busy: all that this process may use but one, which the window needs; at least 1.

    On all of two cores, BLAS's threads wait for one another while the window paints: 128 hidden units, which train 112
    times a second on one, were measured to train between 2 and 88 times, and more frames came late.
    """
    return max(1, cores() - 1)


def recurs(network: Network) -> bool:
    """Whether anything runs step by step; the rest is computed in two threads anyway (`graph.compute.lanes`)."""
    return any(component.direction for component in schedule(network))


@contextmanager
def one_thread() -> Iterator[None]:
    """Limit BLAS to one thread inside the `with` block: for small products a second one only costs time.

    With two, beside a training worker that has both cores busy, a sweep of 1.5 ms was measured to take 100.
    """
    with _at_most(1):
        yield


@contextmanager
def beside_training(multiplications: int) -> Iterator[None]:
    """Limit BLAS for a sweep of the window: a worker may have every core busy, and a second thread would be waited for.

    A sweep of fewer multiplications than BLAS would share out is left alone, for the limit itself takes time.
    """
    with one_thread() if multiplications >= _SHARED_OUT else nullcontext():
        yield


@contextmanager
def _at_most(threads: int) -> Iterator[None]:
    with _controller().limit(limits=threads, user_api="blas"):
        yield


@cache
def _controller() -> "ThreadpoolController":
    from threadpoolctl import ThreadpoolController

    return ThreadpoolController()
