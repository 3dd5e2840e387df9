"""Build maps from signed numbers to colours that the eye reads in even steps. No Qt."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
Bytes = NDArray[np.uint8]

STEPS = 255
"""Steps of a diverging map on each side of zero."""

# Linear sRGB -> cone responses, and their cube roots -> OKLab (B. Ottosson, 2020).
_TO_LMS = np.array(
    [
        [0.4122214708, 0.5363325363, 0.0514459929],
        [0.2119034982, 0.6806995451, 0.1073969566],
        [0.0883024619, 0.2817188376, 0.6299787005],
    ]
)
_TO_LAB = np.array(
    [
        [0.2104542553, 0.7936177850, -0.0040720468],
        [1.9779984951, -2.4285922050, 0.4505937099],
        [0.0259040371, 0.7827717662, -0.8086757660],
    ]
)


def rgb(code: str) -> Floats:
    """The three parts, in 0 … 1, of a colour written `#rrggbb`."""
    return np.array([int(code[i : i + 2], 16) for i in (1, 3, 5)]) / 255


def luminance(colours: ArrayLike) -> Floats:
    """Relative luminance (WCAG 2) of sRGB colours (..., 3) with parts in 0 … 1; result (...)."""
    light: Floats = _linear(np.asarray(colours, float)) @ np.array([0.2126, 0.7152, 0.0722])
    return light


def diverging_table(below: tuple[str, ...], above: tuple[str, ...], missing: str) -> Bytes:
    """RGBA (2 · STEPS + 2, 4): from the last stop of `below` by way of the first of both to the last of `above`.

    The row after those is the colour of NaN.
    """
    colours = np.concatenate([_ramp(below)[:0:-1], _ramp(above), rgb(missing)[None]])
    table = np.full((len(colours), 4), 255, np.uint8)
    table[:, :3] = np.rint(colours * 255)
    table.flags.writeable = False
    return table


def diverging_steps(values: ArrayLike, limit: float) -> NDArray[np.intp]:
    """The row of a `diverging_table` for each value (...)."""
    v = np.asarray(values, float)
    known = ~np.isnan(v)
    usable = 0 < limit < np.inf
    share = np.clip(np.where(known, v, 0.0), -limit, limit) / limit if usable else np.zeros(v.shape)
    return np.where(known, np.rint(share * STEPS).astype(np.intp) + STEPS, 2 * STEPS + 1)


def wants_dark_ink(colours: Bytes) -> NDArray[np.bool_]:
    """For RGBA colours (n, 4), whether black text stands out more than white text does: (n,)."""
    light = luminance(colours[:, :3] / 255)
    result: NDArray[np.bool_] = (light + 0.05) ** 2 > 1.05 * 0.05
    return result


def symmetric_limit(*arrays: ArrayLike) -> float:
    """The largest finite magnitude in the arrays: a limit for both signs alike; 1 where all is zero."""
    largest = 0.0
    for array in arrays:
        magnitudes = np.abs(np.asarray(array, float))
        largest = max(largest, float(np.max(magnitudes, initial=0.0, where=np.isfinite(magnitudes))))
    return largest or 1.0


def _linear(colours: Floats) -> Floats:
    return np.where(colours <= 0.04045, colours / 12.92, ((colours + 0.055) / 1.055) ** 2.4)


def _encoded(linear: Floats) -> Floats:
    linear = np.clip(linear, 0.0, 1.0)
    return np.where(linear <= 0.0031308, linear * 12.92, 1.055 * linear ** (1 / 2.4) - 0.055)


def _ramp(stops: tuple[str, ...]) -> Floats:
    """STEPS + 1 colours through evenly spaced stops, mixed in OKLab so that equal steps look equal."""
    linear = _linear(np.array([rgb(stop) for stop in stops]))
    lab = np.cbrt(linear @ _TO_LMS.T) @ _TO_LAB.T
    at, places = np.linspace(0, 1, STEPS + 1), np.linspace(0, 1, len(stops))
    mixed = np.stack([np.interp(at, places, lab[:, i]) for i in range(3)], axis=1)
    cones = (mixed @ np.linalg.inv(_TO_LAB).T) ** 3
    return _encoded(cones @ np.linalg.inv(_TO_LMS).T)
