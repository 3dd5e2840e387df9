"""Lists are made without a look for garbage, which goes on afterwards as it was."""

import gc

import pytest

from explorer.data.uncollected import uncollected


def test_garbage_is_looked_for_again_when_the_lists_are_made_or_cannot_be() -> None:
    with pytest.raises(ValueError), uncollected():
        assert not gc.isenabled()
        raise ValueError
    assert gc.isenabled()


def test_where_it_is_not_looked_for_that_stays_so() -> None:
    with uncollected():
        with uncollected():
            pass
        assert not gc.isenabled()
