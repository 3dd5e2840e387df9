r"""Read the texts of a language from a PO file, the format of GNU gettext, as translators' programs write it.

    msgid "one step"                     msgid "Hidden units"
    msgid_plural "{n:,} steps"           msgstr "Verborgene Einheiten"
    msgstr[0] "ein Schritt"
    msgstr[1] "{n:,} Schritte"

It is read at each start, so that there is one file and nothing to compile.
"""

import json
import re
from gettext import NullTranslations, c2py
from pathlib import Path
from typing import NamedTuple

_LINE = re.compile(r'(?:(msgid|msgid_plural|msgstr)(?:\[(\d+)\])? )?(".*")$')
_PLURAL = re.compile(r"plural=([^;]+);")


class Translation(NamedTuple):
    """A text and what is said for it: one text, or of something counted as many as the language tells apart."""

    text: str
    several: str
    """The text for more than one; "" where nothing is counted."""
    said: tuple[str, ...]
    """Nothing, or "", where it is not translated yet."""


def entries(po: str) -> list[Translation]:
    """What the PO file `po` holds, in its order; first comes its header, under the text ""."""
    found = []
    for block in re.split(r"\n\s*\n", po):
        words: dict[tuple[str, int], str] = {}
        at = ("", 0)
        for line in block.splitlines():
            if part := _LINE.match(line):
                if part[1]:
                    at = part[1], int(part[2] or 0)
                # The escapes of PO files are those of JSON.
                words[at] = words.get(at, "") + json.loads(part[3])
        if ("msgid", 0) in words:
            said = tuple(words[key] for key in sorted(words) if key[0] == "msgstr")
            found.append(Translation(words["msgid", 0], words.get(("msgid_plural", 0), ""), said))
    return found


class Catalogue(NullTranslations):
    """The texts of one language; a text that is not translated stays as it is."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        header, *texts = entries(path.read_text(encoding="utf-8"))
        rule = _PLURAL.search(header.said[0])
        self._form = c2py(rule[1] if rule else "n != 1")
        self._said = {entry.text: entry.said for entry in texts if all(entry.said)}

    def gettext(self, message: str) -> str:
        said = self._said.get(message)
        return said[0] if said else message

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        said = self._said.get(msgid1)
        return said[self._form(n)] if said else super().ngettext(msgid1, msgid2, n)
