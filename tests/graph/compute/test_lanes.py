"""Calls side by side: all have ended when they come back, however that is."""

from threading import Event

import pytest

from explorer.graph.compute.lanes import side_by_side


def test_where_calls_fail_nothing_goes_on_in_the_other_thread() -> None:
    begun, ended = Event(), Event()

    def other() -> None:
        begun.set()
        Event().wait(0.05)
        ended.set()

    def fail() -> None:
        assert begun.wait(5.0)
        raise MemoryError

    with pytest.raises(MemoryError):
        side_by_side([fail], [other])
    assert ended.is_set()
