"""BLAS threads: one for small products and where nothing recurs, else one for each core but the window's."""

import pytest
from threadpoolctl import threadpool_info, threadpool_limits

from explorer.training import threads as rule
from explorer.training.threads import blas_threads
from tests.training.small import settings


def threads() -> list[int]:
    return [pool["num_threads"] for pool in threadpool_info() if pool["user_api"] == "blas"]


@pytest.mark.parametrize(
    ("hidden", "feedback", "limited"),
    [(8, "free_running_yhat", True), (256, "free_running_yhat", False), (256, "teacher_forcing", True)],
)
def test_large_networks_that_recur_get_all_spare_threads_and_others_one(
    hidden: int, feedback: str, limited: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rule, "spare_cores", lambda: 2)
    with threadpool_limits(2, user_api="blas"):
        before = threads()
        with blas_threads([settings(hidden=hidden, batch=32, feedback=feedback), settings()]):
            assert threads() == ([1] * len(before) if limited else before)
        assert threads() == before
