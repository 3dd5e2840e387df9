"""Write what stands around numbers on a sheet, formulas and their names, as plainly as programs do: `plainly`."""

import re
from collections.abc import Callable

_NAMED = r"(?=\s*(?::|&)?=|\s*:)"
_DIGITS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉", 2 * "0123456789", "⁽⁾")
_PLAIN: tuple[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]], ...] = (
    (re.compile(r"\\(?:math\w+|boldsymbol|bm|vec|text)\s*(?:\{\s*([A-Za-z]\w*)\s*\}|\s([A-Za-z])\b)"), r"\1\2"),
    (
        re.compile(
            r"(?:(?<=[A-Za-z])|(?<=_\w))[_^]\s*\{\s*\(?(?:\\langle|<)?\s*(?!T\b)(\w+)\s*(?:\\rangle|>)?\)?\s*\}"
        ),
        r"_\1",
    ),
    (re.compile(rf"(?<=[A-Za-z])\^?[(\[<](\w+)[)\]>]{_NAMED}"), r"_\1"),
    (re.compile(rf"(?<=[A-Za-z])\^(?!T\b)(\w){_NAMED}"), r"_\1"),
    (re.compile(rf"(?<=[A-Za-z])(?:⁽?[⁰¹²³⁴-⁹]+⁾?|[₀-₉]+){_NAMED}"), lambda raised: f"_{raised[0].translate(_DIGITS)}"),
    (re.compile(r"(?<=\w)\s*(?::=|&\s*=|=\s*&)"), " ="),
    (re.compile(r"(?:^|(?<=\s))#.*$", re.MULTILINE), ""),
    (re.compile(r"[⎡⎢⎣⎤⎥⎦⎛⎜⎝⎞⎟⎠]"), " "),
    (re.compile(r"(?:⟨|\\langle\b)([^⟨⟩\\]*)(?:⟩|\\rangle\b)"), r"(\1)"),
)
"""As it is written, and plainly: bold letters, what is raised or lowered after one, :=, comments, brackets."""
_FORMULA = re.compile(r"\s*(?:\$\$?|\\\[|\\\()(.*?)(?:\$\$?|\\\]|\\\))[\s.,;]*", re.DOTALL)
_TURNED = re.compile(
    r"(?:(?<=[)\]}])\s*'|(?<=[)\]}\d])\s*(?:ᵀ|⊤|\.T|\^\s*(?:T|⊤|\\top\b|\{\s*(?:T|\\top)\s*\})))[\s.,;]*\Z"
)


def plainly(text: str) -> str:
    """A text of numbers with plain names: `W_hh =` for `$\\mathbf{W}_{hh} :=`, `x_1 =` for `x^{(1)} =`."""
    formula = _FORMULA.fullmatch(text)
    text = formula[1] if formula else text
    for written, plain in _PLAIN:
        text = written.sub(plain, text)
    return text


def upright(text: str) -> tuple[str, bool]:
    """A text without the sign of a transpose at its end, and whether it had one: (0.5, −1)ᵀ."""
    turned = _TURNED.search(text)
    return (text[: turned.start()], True) if turned else (text, False)
