"""Save what is looked at as a small file, and open it again."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import msgspec

from explorer.errors import ExplorerError, sentence, suggest
from explorer.files.archive import Arrays, is_packed, pack, unpack
from explorer.files.atomic import write_atomically
from explorer.language import tr
from explorer.reading.bounds import declared, out_of_bounds
from explorer.reading.file import read_bytes
from explorer.reading.json_faults import in_words
from explorer.reading.json_text import NOT_JSON, decode_json
from explorer.session.document import Document
from explorer.session.kept_weights import KeptWeights, keep, restore
from explorer.session.migrations import MIGRATIONS
from explorer.session.runs.along import said_anew
from explorer.session.runs.kept import MOST_BYTES, KeptRun, keep_runs
from explorer.session.runs.restored import restore_runs
from explorer.session.runs.runs import RunRecord
from explorer.session.viewing import View
from explorer.session.weights import Weights

SUFFIX = ".rnnx"
LARGEST = 128 * 2**20
VERSION = len(MIGRATIONS)
"""Of what files hold; it grows when files of before, or an app of before, could not read it or would misread it."""


class _Versioned(msgspec.Struct):
    """What is read first of a file."""

    version: int = 0


class Saved(Document, frozen=True, forbid_unknown_fields=True):
    """What a file holds: a document, the weights it is shown with unless they are its seed's, a view of it, its runs.

    `before`: where weights along a run are looked at, those that were there before them, unless they are the seed's.
    """

    weights: KeptWeights | None = None
    before: KeptWeights | None = None
    view: View = View()
    runs: tuple[KeptRun, ...] = ()
    version: int = VERSION

    @property
    def document(self) -> Document:
        """The document alone."""
        return Document(**{name: getattr(self, name) for name in Document.__struct_fields__})


class Opened(msgspec.Struct, frozen=True, eq=False):
    """What was in a file, for `Session.open`. `current` are those of its runs that were started last."""

    document: Document
    weights: Weights | None = None
    view: View = View()
    before: Weights | None = None
    runs: Sequence[RunRecord] = ()
    current: Sequence[RunRecord] = ()


def save_document(opened: Opened, path: Path, most: int = MOST_BYTES) -> str:
    """Write what is looked at: as JSON, or where there are runs as a zip of JSON and arrays.

    Returns in words what of the runs had no room in `most` bytes, "" if all had. Raises ExplorerError if it cannot be
    done; a file that was there before is then unchanged.
    """
    kept = keep_runs(opened.runs, opened.current, opened.view.travel, most)
    content = Saved(
        **msgspec.structs.asdict(opened.document),
        weights=None if opened.weights is None else keep(opened.weights),
        before=None if opened.before is None else keep(opened.before),
        view=opened.view,
        runs=kept.runs,
    )
    text = msgspec.json.format(msgspec.json.encode(content), indent=2) + b"\n"
    write_atomically(path, pack(text, kept.arrays) if kept.runs else text)
    return kept.given_up


def open_document(path: Path) -> Opened:
    """Read a document back; ExplorerError names the file and what is wrong with it.

    That it can be shown is not looked at: to open it may be refused, see `faults_of`.
    """
    return document_in(read_bytes(path, LARGEST, tr("The file")), path)


@contextmanager
def faults_of(source: Path | str) -> Iterator[None]:
    """Let an ExplorerError about what a document holds name its file, or what else it is from."""
    try:
        yield
    except ExplorerError as error:
        raise ExplorerError(sentence(tr("{path} cannot be opened: {error}", path=source, error=error))) from error


def document_in(content: bytes, path: Path | str) -> Opened:
    """The document that these bytes hold, of a file or of what else `path` names; ExplorerError as `open_document`."""
    arrays = Arrays()
    if is_packed(content):
        try:
            content, arrays = unpack(content)
        except ExplorerError as error:
            raise ExplorerError(
                sentence(tr("{path} is no RNN Explorer file: {error}", path=path, error=error))
            ) from error
    saved = read_saved(content, tr("{path} is no RNN Explorer file", path=path), tr("{path} was saved", path=path))
    document = saved.document
    with faults_of(path):
        weights, before = (None if kept is None else restore(kept, document) for kept in (saved.weights, saved.before))
        runs, current = restore_runs(saved.runs, arrays)
        if weights is not None and saved.view.travel is not None:
            weights = said_anew(weights, runs, saved.view.travel)
        return Opened(document, weights, saved.view, before, runs, current)


def read_saved(content: bytes, no: str, was: str) -> Saved:
    """What JSON of any version says, as of this version; ExplorerError for anything else.

    Its sentence begins with `no` where this is no document, and with `was` where a later version wrote it.
    """
    try:
        version = decode_json(content, _Versioned).version
        if version > VERSION:
            raise ExplorerError("{was} by a later version of RNN Explorer; open it with that one.", was=was)
        if 0 <= version < VERSION:
            fields = msgspec.json.decode(content)
            for migrate in MIGRATIONS[version:]:
                migrate(fields)
            content = msgspec.json.encode(fields | {"version": VERSION})
        return msgspec.json.decode(content, type=Saved)
    except NOT_JSON as error:
        raise ExplorerError(sentence(f"{no}: {_fault(content, error)}")) from error


def _fault(content: bytes, error: Exception) -> str:
    """What the file is instead, or which of its settings is wrong; `content` is of this version, where it is JSON."""
    try:
        found = msgspec.json.decode(content)
    except NOT_JSON:
        return in_words(content, error)
    if isinstance(found, dict) and {"network", "sizes"} <= found.keys():
        return tr("it is a case, which the command trace computes")
    unknown = [key for key in found if key not in Saved.__struct_fields__] if isinstance(found, dict) else []
    if unknown and found.keys() <= {*unknown, "version"}:
        return tr("it holds other JSON, for “{unknown}” is no setting of a document", unknown=unknown[0])
    if unknown:
        return str(suggest(unknown[0], declared(Saved), tr("setting")))
    return out_of_bounds(Saved, found, {}) or in_words(content, error)
