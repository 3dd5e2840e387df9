"""What numbers are kept in, and the prepared calls that fill it."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.floating]
Index = tuple[int, ...]
"""Where an entry of an array is, counted from 0."""
Call = Callable[[], object]
"""A numpy call with its arrays bound to it."""
