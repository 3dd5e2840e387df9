"""Take away what programs put around numbers: names, calls and keywords, LaTeX, R's labels."""

import re

from explorer.errors import ExplorerError

_OF_PYTHON = ("array", "asarray", "matrix", "Matrix", "Array", "tensor", "Tensor", "Parameter", "constant")
CALLS = frozenset((*_OF_PYTHON, "c", "rbind", "mat", "vec"))
"""Functions, by the last part of their name, that give back what they are given, or its rows."""

_NAME = re.compile(
    r"""\s* (?: >>>? | (?:In|Out)\s*\[\d+\]: )? \s* (?:Parameter\ containing:)?
    \s* (?: ["']?[A-Za-z_]\w*["']?(?:\.\w+)* \s* (?: =(?!=) | <- | : ) )?""",
    re.VERBOSE,
)
_KEYWORDS = re.compile(
    r""",\s* (?:dtype|device|requires_grad|grad_fn|shape|size|layout|copy|ndmin) \s*=\s*
    (?: '[^']*' | "[^"]*" | <\w*> | \([^()]*\) | [\w.:]+ ) \s* (?=[,)])""",
    re.VERBOSE,
)
_SCALAR = re.compile(r"(?<![\w.])(?:(?:np|numpy)\.(?:float|int)\d+|tensor)\(([^()\[\],]*)\)")
_LEFT_OUT = re.compile(r"\.\.\.|…|\\[a-z]*dots\b")
_R_COLUMNS = re.compile(r"(?:\s*\[,\d+\])+\s*")
_R_ROW = re.compile(r"\s*\[\d+,\]\s")
_R_ITEMS = re.compile(r"\s*\[(\d+)\]((?:\s+[^\s,;\[\](){}]+)+)\s*")
_MATLAB_FACTOR = re.compile(r"\s*1\.0e([+-]\d+)\s*\*[ \t]*\n")
_LATEX_OPENS = re.compile(
    r"""\s* (?: \$ | \\\[ | \\left\s*(?:\\\{|[\[(.|])
    | \\begin\s*\{\w*matrix\*?\} | \\begin\s*\{(?:array|tabular)\}\s*\{[lcr|\ ]*\} )""",
    re.VERBOSE,
)
_LATEX_CLOSES = re.compile(r"(?:\$|\\\]|\\right\s*(?:\\\}|[\]).|])|\\end\s*\{\w+\*?\})[\s.,]*\Z")
_LATEX_WORDS = (
    (r"\\h?phantom\s*\{[^{}]*\}|\\hline|(?<!\\)\\[,;:! ]", " "),
    (r"\{,\}", ","),
    (r"\\[dt]?frac\s*\{([^{}]*)\}\s*\{([^{}]*)\}", r"\1/\2"),
    (r"\\[dt]?frac\s*(\d)\s*(\d)", r"\1/\2"),
    (r"\\times|\\cdot", "×"),
    (r"\^\s*\{\s*([+−-]?\d+)\s*\}", r"^\1"),
)


def bare(text: str) -> str:
    """The text without prompt, variable name, keywords and labels, with line ends as `\\n`.

    A factor that MATLAB prints above all numbers is written behind each as its exponent.

    Raises:
        ExplorerError: numbers were left out of it where it was printed.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if _LEFT_OUT.search(text):
        raise ExplorerError(
            "“...” stands for numbers that were left out where this was printed; print all of them, in numpy after "
            "np.set_printoptions(threshold=sys.maxsize), then copy again."
        )
    name = _NAME.match(text)
    text = text[name.end() :] if name and name.group().strip() else text
    text = text.strip(" \n")
    if text.startswith("<tf.") and text.endswith(">"):
        text = text[:-1].partition("numpy=")[2]
    text = _SCALAR.sub(lambda scalar: f" {scalar[1]} ", _KEYWORDS.sub("", text))
    if factor := _MATLAB_FACTOR.match(text):
        text = re.sub(r"(?<=\d)(?=\s|\Z)", f"e{factor[1]}", text[factor.end() :])
    for pattern, plain in _LATEX_WORDS:
        text = re.sub(pattern, plain, text)
    return _without_labels(text)


def latex_rows(text: str) -> list[list[str]] | None:
    """The cells of rows as LaTeX writes them, parted by & and \\\\; None if there is neither."""
    if "&" not in text and "\\" not in text:
        return None
    while opening := _LATEX_OPENS.match(text):
        text = text[opening.end() :]
    text = text.rstrip()
    while closing := _LATEX_CLOSES.search(text, max(0, len(text) - 40)):
        text = text[: closing.start()].rstrip()
    rows = re.split(r"\\\\(?:\s*\[[\d.]+\s*[a-z]{2}\])?", text) if "\\\\" in text else text.split("\n")
    return [row.split("&") for row in rows if row.strip()]


def _without_labels(text: str) -> str:
    """What R prints, without the numbers of its rows, columns and items."""
    lines = [line for line in text.split("\n") if line.strip()]
    if len(lines) > 1 and _R_COLUMNS.fullmatch(lines[0]) and all(_R_ROW.match(line) for line in lines[1:]):
        return "\n".join(_R_ROW.sub("", line) for line in lines[1:])
    items: list[str] = []
    for line in lines:
        match = _R_ITEMS.fullmatch(line)
        if match is None or match[1] != str(len(items) + 1):
            return text
        items += match[2].split()
    return " ".join(items)
