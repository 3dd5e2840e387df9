"""What is said where something cannot be done."""

from collections.abc import Callable

import pytest

from explorer.errors import ExplorerError


def refusal_of(do: Callable[..., object], *given: object, **named: object) -> str:
    """The sentence of the ExplorerError that this call raises."""
    with pytest.raises(ExplorerError) as caught:
        do(*given, **named)
    return str(caught.value)
