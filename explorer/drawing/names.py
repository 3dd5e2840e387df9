"""How wide the name of a parameter is, without fonts: enough to keep lanes and names apart."""

import re
from functools import lru_cache

HEIGHT = 15.5
"""How high a parameter's name is written beside its edge, in units of the drawing."""
OFF = 5.0 + 0.15 * HEIGHT
"""How far from its edge a name stands."""
_LETTER, _SMALL = 0.7, 0.45
_SCRIPT = re.compile(r"[_^](?:\{([^}]*)\}|(\\?\w))")
_COMMAND = re.compile(r"\\[a-zA-Z]+")


@lru_cache(maxsize=1024)
def name_width(tex: str) -> float:
    """The width of a symbol such as W, W_f or U^{(1)} in units of the drawing."""
    plain = _COMMAND.sub("x", tex.replace(r"\ldots", "xx"))
    small = "".join(a or b for a, b in _SCRIPT.findall(plain))
    large = _SCRIPT.sub("", plain).replace("{", "").replace("}", "")
    return HEIGHT * (_LETTER * len(large) + _SMALL * len(small))
