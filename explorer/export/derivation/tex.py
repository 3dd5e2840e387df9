"""Write sentences in TeX: what is not ASCII, such as ŷ(3) or W⁽¹⁾, as the formula that it stands for."""

import re
import unicodedata

from explorer.graph.plain import ACCENT_NAMES

_SPECIAL = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "$": r"\$", "&": r"\&", "#": r"\#", "_": r"\_", "%": r"\%",
    "^": r"\^{}", "~": r"\~{}", "<": r"$<$", ">": r"$>$", "|": r"$|$", '"': r"\textquotedbl{}",
}  # fmt: skip
_MATHS = {
    "−": "-", "×": r"\times", "·": r"\cdot", "∇": r"\nabla", "∂": r"\partial", "⊙": r"\odot", "Σ": r"\Sigma",
    "≤": r"\le", "≥": r"\ge", "≠": r"\ne", "≈": r"\approx", "→": r"\rightarrow", "←": r"\leftarrow", "∞": r"\infty",
    "√": r"\surd", "‖": r"\|", "⊤": r"\top", "±": r"\pm", "½": r"\tfrac{1}{2}", "²": "^2", "³": "^3", "¹": "^1",
    "ᵀ": r"^\top", "∈": r"\in", "∼": r"\sim",
}  # fmt: skip
_TEXT = {
    "–": "--", "—": "---", "“": "``", "”": "''", "‘": "`", "’": "'", "…": r"\dots{}", "⋯": r"$\cdots$",
    "\N{THIN SPACE}": r"\,", "\N{NO-BREAK SPACE}": "~", "␣": r"\textvisiblespace{}",
}  # fmt: skip
_RAISED, _LOWERED = "⁽⁾⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻", "₀₁₂₃₄₅₆₇₈₉"
_TOKEN = re.compile(rf"\b[A-Za-z]_[A-Za-z0-9]+\b|[{_RAISED}]+|[{_LOWERED}]+|.[{''.join(ACCENT_NAMES)}]?", re.DOTALL)


def in_tex(text: str) -> str:
    """The text for any LaTeX; a character that needs a font of its own stands with its number, U+4E2D."""
    return "".join(map(_written, _TOKEN.findall(unicodedata.normalize("NFD", text))))


def _written(token: str) -> str:
    if token[0] in _RAISED or token[0] in _LOWERED:
        plain = "".join(unicodedata.normalize("NFKD", character) for character in token).replace("−", "-")
        return f"${'^' if token[0] in _RAISED else '_'}{{{plain}}}$"
    if token[1:2] == "_":
        return f"${token[0]}_{{{token[2:]}}}$"
    if len(token) > 1:
        return rf"$\{ACCENT_NAMES[token[1]]}{{{_as_formula(token[0])}}}$"
    if token in _SPECIAL or token in _TEXT:
        return _SPECIAL.get(token) or _TEXT[token]
    if token in _MATHS:
        return f"${_MATHS[token]}$"
    if token.isascii():
        return token
    greek = re.fullmatch(r"GREEK (SMALL|CAPITAL) LETTER ([A-Z]+)", unicodedata.name(token, ""))
    if greek and greek[2] not in ("OMICRON", "FINAL"):
        name = greek[2].lower().replace("lamda", "lambda")
        return rf"$\{name if greek[1] == 'SMALL' else name.capitalize()}$"
    return rf"\texttt{{U+{ord(token):04X}}}"


def _as_formula(character: str) -> str:
    if character.isascii() and character.isalnum():
        return character
    written = _written(character)
    return written[1:-1] if written.startswith("$") else rf"\mbox{{{written}}}"
