"""Name the variables of a written program: nodes and parameters as they are called, but no two things the same."""

import builtins
import keyword
import re
from collections.abc import Iterable

_TAKEN = frozenset(
    {
        *keyword.kwlist,
        *dir(builtins),
        "np",
        "torch",
        "t",
        "B",
        "loss",
        "mask",
        "uniform",
        "w",
        "by_step",
        "borders",
        "crosses",
        "carried",
    }
)
"""What means something else in every program."""


class Names:
    """Variables by what they stand for; `grad_h` is the gradient with respect to h."""

    def __init__(self, reserved: Iterable[str]) -> None:
        self._taken = {*_TAKEN, *reserved}
        self._of: dict[tuple[str, str], str] = {}

    def node(self, name: str) -> str:
        """The dictionary that holds a node's value at each step."""
        return self._named("node", name)

    def parameter(self, name: str) -> str:
        """An entry of θ."""
        return self._named("parameter", name)

    def _named(self, kind: str, name: str) -> str:
        if (kind, name) not in self._of:
            word = re.sub(r"\W", "_", name, flags=re.ASCII)
            word = f"_{word}" if not word or word[0].isdigit() else word
            while word in self._taken or f"grad_{word}" in self._taken:
                word += "_"
            self._taken |= {word, f"grad_{word}"}
            self._of[kind, name] = word
        return self._of[kind, name]
