"""BLAS threads: one for small products, however it was before, and as before for large ones."""

import pytest
from threadpoolctl import threadpool_info, threadpool_limits

from explorer.training.threads import blas_threads
from tests.training.small import settings


def threads() -> list[int]:
    return [pool["num_threads"] for pool in threadpool_info() if pool["user_api"] == "blas"]


@pytest.mark.parametrize(("hidden", "limited"), [(8, True), (256, False)])
def test_small_networks_get_one_thread_and_large_ones_all(hidden: int, limited: bool) -> None:
    with threadpool_limits(2, user_api="blas"):
        before = threads()
        with blas_threads([settings(hidden=hidden, batch=32), settings()]):
            assert threads() == ([1] * len(before) if limited else before)
        assert threads() == before
