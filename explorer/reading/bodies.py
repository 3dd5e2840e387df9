"""Part a text at the names in it, as sheets and programs give numbers to names, W = [[0, 1], [1, 0]]: `bodies`."""

import re

from msgspec import Struct

from explorer.reading.sheet import plainly

LONGEST = 100_000
"""Characters of a text up to which names are looked for."""
_BEGINNING = 200
_NAME = re.compile(r"(?<![^\s,;&$])([A-Za-z]\w*?)_?([0-9]+)?[ ]*(?:=(?!=)|<-|:(?!\w)|\t)")
_BETWEEN = re.compile(
    r"(?:[\s,;.&$]|\\\\|\\q?quad|\\[,;!]|\b(?:and|und)\b|\\(?:begin|end)\s*\{(?:align|equation|gather)(?:ed)?\*?\})*"
)


class Body(Struct, frozen=True):
    """What stands after one name, which may have an index, as x_1 has; `equated`: whether = or <- is between them."""

    name: str
    index: int | None
    line: int
    text: str
    equated: bool


def bodies(text: str) -> list[Body]:
    """What is given to each name of a text in which all has one; nothing of another text."""
    if len(text) > LONGEST or not _NAME.search(plainly(text.lstrip()[:_BEGINNING])):
        return []
    text = plainly(text)
    names, end, depth = [], 0, 0
    for match in _NAME.finditer(text):
        depth, end = depth + opened(text[end : match.start()]), match.start()
        if depth == 0:
            names.append(match)
    if not names or not _BETWEEN.fullmatch(text[: names[0].start()]):
        return []
    found = []
    for match, end in zip(names, [*(name.start() for name in names[1:]), len(text)], strict=True):
        body, index = text[match.end() : end], None if match[2] is None else int(match[2])
        body = body[: next(m.start() for m in _BETWEEN.finditer(body) if m.end() == len(body))].lstrip()
        line = text.count("\n", 0, match.start()) + 1
        found.append(Body(match[1], index, line, body, match[0].endswith(("=", "<-"))))
    return found


def opened(text: str) -> int:
    """How many brackets more are open at the end of a text than at its beginning."""
    return sum(map(text.count, "([{")) - sum(map(text.count, ")]}"))
