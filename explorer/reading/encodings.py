"""Decode a text: by its byte-order mark, as UTF-8, or by an encoding that is chosen from `ENCODINGS`."""

import codecs

from explorer.errors import ExplorerError, suggest
from explorer.language import tr
from explorer.wording import either

ENCODINGS = {
    "utf-8": "UTF-8",
    "latin-1": tr("Latin-1 (western Europe)"),
    "utf-16": "UTF-16",
    "gb18030": tr("GB 18030 (Chinese)"),
}
"""What a text can be asked to be read as, by the names that Python knows."""
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_NO_TEXT = {
    b"\x93NUMPY": tr("an array of numpy"),
    b"PK\x03\x04": tr("an archive, such as of a spreadsheet or of numpy"),
    b"\x89HDF": "HDF5",
    b"PAR1": "Parquet",
    b"\x1f\x8b": tr("packed"),
}
"""What a file is that begins so, whatever it is read as."""


class EncodingError(ExplorerError):
    """A text in no encoding that can be recognised; `content` is its bytes, to be read as one that is chosen."""

    def __init__(self, message: str, content: bytes):
        super().__init__(message)
        self.content = content


def decode(content: bytes, name: str, encoding: str | None = None) -> str:
    """The text of these bytes, without byte-order mark, each end of a line as `\\n`; `name` is what to call them.

    Raises EncodingError, with what could be chosen, if they do not fit; ExplorerError for an unknown name, and for
    what is no text.
    """
    if encoding is not None and encoding not in ENCODINGS:
        raise suggest(encoding, ENCODINGS, tr("encoding"))
    kind = next((kind for mark, kind in _NO_TEXT.items() if content.startswith(mark)), None)
    if kind is not None:
        raise ExplorerError(
            "{name} is no text, but {kind}; save what it holds as text, such as CSV or JSON.", name=name, kind=kind
        )
    marked = next((found for mark, found in _MARKS if content.startswith(mark)), None)
    used = marked or encoding or "utf-8"
    try:
        text = content.decode(used)
    except UnicodeDecodeError as error:
        others = either([title for id, title in ENCODINGS.items() if id != used])
        where = tr("byte {start:,} (0x{content:02X}) does not fit", start=error.start + 1, content=content[error.start])
        title = ENCODINGS.get(used, used.removesuffix("-sig").upper())
        raise EncodingError(
            tr(
                "{name} is not {title} text: {where}; choose its encoding, {others}, or save it as UTF-8.",
                name=name,
                title=title,
                where=where,
                others=others,
            ),
            content,
        ) from error
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
