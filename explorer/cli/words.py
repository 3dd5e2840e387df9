"""Tell what a word of the command line is, or means."""

import re

SWITCHED = {"yes": True, "true": True, "on": True, "no": False, "false": False, "off": False}
"""What can be said of a choice that is yes or no."""


def is_line(word: str) -> bool:
    """Whether this is a document as a line of text, as the window shares it, and not the name of a file."""
    return re.match(r"rnnx[0-9]{1,3}:", word) is not None
