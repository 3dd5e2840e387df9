"""Read own data or a text from a file as `--data`, `--read`, `--text` and `--encoding` say."""

import sys
from argparse import Namespace
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import msgspec

from explorer.cli.words import SWITCHED
from explorer.data.choices import Choices
from explorer.data.data_set import encoded
from explorer.data.reading import read_data
from explorer.errors import ExplorerError, check_known
from explorer.language import tr, trn
from explorer.reading.bounds import out_of_bounds
from explorer.reading.encodings import ENCODINGS, EncodingError, decode
from explorer.reading.file import read_bytes
from explorer.reading.json_faults import in_words
from explorer.tasks.next_symbol import NextSymbol
from explorer.tasks.own_data import OwnData
from explorer.tasks.text_file import LARGEST_FILE, read_text
from explorer.wording import either

TASKS = {"data": OwnData.id, "text": NextSymbol.id}
"""The task that each kind of file is for."""
_LISTS = ("inputs", "targets", "inputs_also", "targets_also")


def read_files(options: Namespace) -> dict[str, str]:
    """What the files hold that `--data` and `--text` name, by the option of the task that they are for.

    Without --task they choose it. Raises ExplorerError for another task than theirs, and if there is none.
    """
    given = [name for name in TASKS if getattr(options, name) is not None]
    if options.read and options.data is None:
        raise ExplorerError("--read says how data are read, and none are given; give --data FILE, or leave it out.")
    if options.encoding is not None and not given:
        raise ExplorerError("--encoding is that of a file; give --text FILE or --data FILE, or leave it out.")
    if options.task is None:
        if not given:
            raise ExplorerError("Say what is to be learned: by --task ID, --data FILE or --text FILE.")
        options.task = TASKS[given[0]]
    for name in given:
        if options.task != TASKS[name]:
            raise ExplorerError(f"Task {options.task} learns no {name}; --{name} goes with {TASKS[name]}.")
    found = {}
    try:
        if options.data is not None:
            found["data"] = own_data(options)
        if options.text is not None:
            found["text"] = read_text(Path(options.text), options.encoding)
    except EncodingError as error:
        raise ExplorerError(f"{error} It is chosen by --encoding {either(list(ENCODINGS))}.") from error
    return found


def own_data(options: Namespace) -> str:
    """The data of the file as the task takes them; what is left out is said on standard error."""
    path = Path(options.data)
    content = read_bytes(path, LARGEST_FILE, tr("The file"))
    text = decode(content, tr("'{path}'", path=path), options.encoding)
    reading = read_data(text, _choices(options.read), path.name)
    print(reading.data.said(), file=sys.stderr)
    if reading.refused:
        first, left_out = reading.refused[0], trn("1 line", "{n:,} lines", len(reading.refused))
        print(f"{left_out} left out, the first of them line {first.line}, which {first.why}", file=sys.stderr)
    return encoded(reading.data)


def _choices(said: Iterable[str]) -> Choices:
    found: dict[str, Any] = {}
    for one in said:
        name, equals, value = one.partition("=")
        if not equals:
            raise ExplorerError(f"--read {one!r} is not NAME=VALUE, such as inputs=rain,wind.")
        check_known(name, Choices.__struct_fields__, tr("choice for reading data"))
        if name in _LISTS:
            found[name] = tuple(column.strip() for column in value.split(","))
        elif name == "ahead":
            found[name] = int(value) if value.removeprefix("-").isdecimal() else value
        else:
            found[name] = SWITCHED.get(value.lower(), value) if name in ("one_target", "windows", "scaled") else value
    if wrong := out_of_bounds(Choices, found, {}):
        raise ExplorerError(f"--read cannot be understood: {wrong}")
    try:
        return msgspec.convert(found, Choices)
    except msgspec.ValidationError as error:
        raise ExplorerError(f"--read cannot be understood: {in_words(b'{}', error)}.") from error
