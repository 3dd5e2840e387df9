"""Write symbols as plain text, for sentences."""

import re
import unicodedata

from explorer.wording import LOWERED, RAISED

ACCENTS = {"hat": "\N{COMBINING CIRCUMFLEX ACCENT}", "tilde": "\N{COMBINING TILDE}", "bar": "\N{COMBINING MACRON}"}
"""What stands over the letter before it, by its name in TeX."""
ACCENT_NAMES = {mark: name for name, mark in ACCENTS.items()}


def plain(symbol: str) -> str:
    """A symbol as plain text: ŷ for \\hat{y}, α for \\alpha, W⁽¹⁾ for W^{(1)}, h₁ for h_1; letters stay as in W_d."""
    symbol = re.sub(r"\^\{([()0-9+−-]+)\}", lambda found: found[1].translate(RAISED), symbol)
    symbol = symbol.replace(r"^\top", "ᵀ").replace(r"\ldots", "…")
    symbol = re.sub(r"_(\d+|\{\d+\})", lambda found: found[1].strip("{}").translate(LOWERED), symbol)
    symbol = re.sub(r"_\{(\w+)\}", r"_\1", symbol)
    accented = re.sub(r"\\(hat|tilde|bar)\{(\w)\}", lambda found: found[2] + ACCENTS[found[1]], symbol)
    return unicodedata.normalize("NFC", re.sub(r"\\([A-Za-z]+)", _letter, accented))


def plain_factor(tex: str) -> str:
    """What enters a product: as a symbol, but h(3) for h^{(3)}, and (1 − α) for a difference."""
    found = re.fullmatch(r"(.*)\^\{\((-?\d+)\)\}", tex)
    symbol, step = (found[1], at_step(int(found[2]))) if found else (tex, "")
    return plain(re.sub(r"\\left(\S) |  *\\right(\S)", r"\1\2", symbol)).replace(" - ", " − ") + step


def at_step(t: int) -> str:
    """The step of a node in a sentence: (3), or (−2) before the first."""
    return f"({t})".replace("-", "−")


def _letter(command: re.Match[str]) -> str:
    """The Greek letter of a command, such as \\alpha; the name of any other."""
    name = command[1]
    case = "CAPITAL" if name[0].isupper() else "SMALL"
    try:
        return unicodedata.lookup(f"GREEK {case} LETTER {name}")
    except KeyError:
        return name
