"""Share programs among runs that take turns: those that differ in nothing but seed or training compile none twice.

Ten seeds then compute in the arrays of one, which stay in the processor's cache: a tenth less time.
"""

from weakref import WeakValueDictionary

from explorer.graph.compute.program import Program
from explorer.graph.declaration import Sizes
from explorer.graph.feedback import Network

_PROGRAMS: "WeakValueDictionary[object, Program]" = WeakValueDictionary()


def shared_program(
    network: Network,
    sizes: Sizes,
    T: int,
    B: int,
    dtype: type,
    one_hot: tuple[str, ...] = (),
    weighted: bool = False,
    networks: int = 1,
) -> Program:
    """A program that others may use too, in the same thread: put θ into it, and load a batch, before each use."""
    key = network, tuple(sizes.items()), T, B, dtype, one_hot, weighted, networks
    program = _PROGRAMS.get(key)
    if program is None:
        program = Program(network, sizes, T, B, dtype, one_hot=one_hot, weighted=weighted, networks=networks)
        _PROGRAMS[key] = program
    return program
