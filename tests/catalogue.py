"""Keep the catalogues of the languages: resources/locale/*/LC_MESSAGES/explorer.po.

Run it after texts have changed: `python tests/catalogue.py` puts every marked text into each catalogue, with what is
said for it there so far, or in other PO files that are named; texts that are no more are left out. Texts without a
translation have an empty msgstr, for a translator or a program such as Poedit. test_catalogue.py says when that is due.
"""

import ast
import json
import re
import sys
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import NamedTuple

from explorer.catalogue import Translation, entries
from explorer.installed import RESOURCES

ROOT = Path(__file__).resolve().parents[1]
SOURCES = ROOT / "explorer"
HEADER = "Content-Type: text/plain; charset=UTF-8\nLanguage: {}\nPlural-Forms: nplurals=2; plural=(n != 1);\n"


class Marked(NamedTuple):
    """A text marked for translation: by `tr`, as an `ExplorerError`, or, with the text for several, by `trn`."""

    text: str
    several: str
    where: str
    """The module, and the line, where it stands first."""
    filled: bool
    """Whether values are put into it where it names them in braces."""


def catalogues() -> list[Path]:
    """The catalogue of each language but English."""
    return sorted(RESOURCES.glob("locale/*/LC_MESSAGES/explorer.po"))


def calls(tree: ast.AST) -> list[ast.Call]:
    """The calls that translate, as they stand in the source; an error may also be told in words that are made."""

    def translates(node: ast.Call) -> bool:
        name = node.func.id if isinstance(node.func, ast.Name) else ""
        if name not in ("tr", "trn", "ExplorerError"):
            return False
        if isinstance(node.args[0], ast.Constant):
            return True
        # ExplorerError itself passes its text and values on.
        return name != "ExplorerError" and all(keyword.arg is not None for keyword in node.keywords)

    found = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and translates(node)]
    return sorted(found, key=lambda call: (call.lineno, call.col_offset))


@cache
def marked(folder: Path = SOURCES) -> list[Marked]:
    """All texts marked in the modules of a folder, each once, as they stand in them.

    Raises SyntaxError where what is marked is no plain text, so that nobody could find it in a catalogue.
    """
    found: dict[tuple[str, str], Marked] = {}
    for path in sorted(folder.rglob("*.py")):
        for call in calls(ast.parse(path.read_text(encoding="utf-8"))):
            counted = isinstance(call.func, ast.Name) and call.func.id == "trn"
            texts = [one.value for one in call.args if isinstance(one, ast.Constant) and isinstance(one.value, str)]
            where = f"{path.relative_to(folder.parent).as_posix()}:{call.lineno}"
            if len(texts) != 1 + counted or len(call.args) != 1 + 2 * counted:
                raise SyntaxError(f"What is translated at {where} is no plain text; give values by name.")
            text, several = texts if counted else (texts[0], "")
            filled = counted or bool(call.keywords)
            found.setdefault((text, several), Marked(text, several, where, filled))
    return list(found.values())


def unmarked(tree: ast.Module) -> list[str]:
    """Texts of several words that a module holds without marking them, but for what is no text for a reader.

    These are docstrings, annotations, values of enumerations, keys, what texts are compared with, patterns, style
    sheets, and errors of ours, which only a developer sees.
    """
    holder = {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and _WORDS.search(node.value):
            child, around = node, holder[node]
            while not (apart := _apart(around, child)) and around in holder and not isinstance(around, ast.FunctionDef):
                child, around = around, holder[around]
            if not apart:
                found.append(node.value)
    return found


_WORDS = re.compile(r"[A-Za-z’']{2,}[,.:;]? [A-Za-z(“]{2,}")
_NO_READER = {
    *("tr", "trn", "ExplorerError"),  # which translate
    *("AssertionError", "AttributeError", "TypeError", "ValueError"),
    *("compile", "fullmatch", "sub", "scaled", "value", "setValue"),
}


def _apart(around: ast.AST, child: ast.AST) -> bool:
    """Whether what stands so in its surroundings is marked, or no text for a reader."""
    match around:
        case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)):
            return name in _NO_READER
        case ast.AnnAssign(annotation=annotation):
            return annotation is child
        case ast.FunctionDef(returns=returns):
            return returns is child
        case ast.Dict(keys=keys):
            return child in keys
        case ast.Subscript(slice=within):
            return within is child
        case ast.ClassDef(bases=bases):
            return any("Enum" in ast.unparse(base) for base in bases)
    return isinstance(around, ast.Expr | ast.Compare | ast.Assert | ast.arg)


def written(texts: Iterable[Marked], said: Iterable[Translation], language: str) -> str:
    """The catalogue of these texts, with what is said for them."""
    known = {(entry.text, entry.several): entry.said for entry in said if all(entry.said)}
    blocks = [f'msgid ""\n{_lines("msgstr", HEADER.format(language))}']
    for one in texts:
        answers = known.get((one.text, one.several), ("", "")[: 1 + bool(one.several)])
        lines = [f"#: {one.where.rpartition(':')[0]}"]
        lines += ["#, python-brace-format"] if one.filled else []
        lines += [_lines("msgid", one.text)]
        lines += [_lines("msgid_plural", one.several)] if one.several else []
        keys = [f"msgstr[{n}]" for n in range(len(answers))] if one.several else ["msgstr"]
        lines += [_lines(key, answer) for key, answer in zip(keys, answers, strict=True)]
        blocks.append("\n".join(lines))
    return "\n\n".join(blocks) + "\n"


def _lines(key: str, text: str) -> str:
    """A text of several lines stands on as many, under an empty one."""
    parts = text.splitlines(keepends=True)
    quoted = [json.dumps(part, ensure_ascii=False) for part in parts or [""]]
    return f"{key} {quoted[0]}" if len(quoted) == 1 else "\n".join([f'{key} ""', *quoted])


def update(others: Iterable[Path] = ()) -> None:
    """Bring each catalogue up to the texts as they are; `others` hold more of what is said for them."""
    texts = marked()
    more = [entry for path in others for entry in entries(path.read_text(encoding="utf-8"))]
    for path in catalogues():
        said = [*more, *entries(path.read_text(encoding="utf-8"))]
        path.write_text(written(texts, said, path.parts[-3]), encoding="utf-8")
        missing = sum(not all(entry.said) for entry in entries(path.read_text(encoding="utf-8")))
        print(f"{path.relative_to(ROOT)}: {len(texts)} texts, {missing} to be translated")


if __name__ == "__main__":
    update(map(Path, sys.argv[1:]))
