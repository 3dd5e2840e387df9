"""Know what of a session no file holds: whether its file is up to date, and in words what would go with the window."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from msgspec import Struct

from explorer.language import tr, trn
from explorer.session.document import Document
from explorer.session.runs.run_book import got_anywhere
from explorer.session.runs.runs import RunRecord, Stage
from explorer.session.session import Session
from explorer.session.weights import Weights, origin_of


class HeldFile(Struct, frozen=True, eq=False):
    """A file, and what it held when it was opened or saved. `runs`: see `RunBook.content`; `stamp`: see `stamp_of`."""

    path: Path
    document: Document
    weights: Weights | None
    runs: tuple[tuple[object, ...], ...]
    stamp: tuple[int, ...]

    @property
    def changed_outside(self) -> bool:
        """Whether somebody else has written to it since."""
        return stamp_of(self.path) not in (self.stamp, ())


def stamp_of(path: Path) -> tuple[int, ...]:
    """What tells a file from one that was written later at its place; () where there is none."""
    try:
        found = path.stat()
    except (OSError, ValueError):
        return ()
    return found.st_ino, found.st_mtime_ns, found.st_size


def held(session: Session, path: Path) -> HeldFile:
    """The file of what is shown, which has just been opened from it or saved to it."""
    return HeldFile(path, session.document, session.weights, session.runs.content, stamp_of(path))


def modified(session: Session, file: HeldFile) -> bool:
    """Whether what is shown is not what its file holds."""
    same = session.document == file.document and session.weights is file.weights
    return not same or session.runs.content != file.runs


def unsaved(session: Session, file: HeldFile | None) -> bool:
    """Whether work would go with the window: changes to a file or, without one, edits, trained weights or runs."""
    if file is not None:
        return modified(session, file)
    document = session.document
    return bool(document.edits or document.fed_target or session.runs.begun) or session.weights is not None


def what_goes(session: Session, file: HeldFile | None) -> str:
    """Sentences about what no file holds."""
    if file is None:
        sentences = [tr("What you made here has not been saved.")]
    else:
        sentences = [tr("{path} has been changed.", path=file.path.name)]
        there, here = origin_of(file.document, file.weights), origin_of(session.document, session.weights)
        if there != here:
            sentences.append(tr("It holds {there}; the graph shows {here}.", there=there, here=here))
    runs = _in_no_file(session.runs.records, file)
    if runs:
        if any(record.stage is Stage.TRAINING for record in runs):
            said = trn(
                "1 run is in no file and still trains.",
                "{n:,} runs are in no file, some of them still training.",
                len(runs),
            )
        else:
            said = trn("1 run is in no file.", "{n:,} runs are in no file.", len(runs))
        sentences.append(said)
    return " ".join(sentences)


def left_behind(session: Session, files: Mapping[int, HeldFile]) -> str:
    """A sentence about runs of documents that were open before, which no file holds; "" if there are none.

    `files`: those of the documents, by what `Session.opened` was.
    """
    runs = sum(len(_in_no_file(kept.runs, files.get(opened))) for opened, kept in session.aside.items())
    if not runs:
        return ""
    return trn(
        "1 run of what was open before is in no file; Undo leads back there.",
        "{n:,} runs of what was open before are in no file; Undo leads back there.",
        runs,
    )


def _in_no_file(records: Iterable[RunRecord], file: HeldFile | None) -> list[RunRecord]:
    known = {run[:2] for run in file.runs} if file is not None else set()
    return [record for record in got_anywhere(records) if (record.id, record.iteration) not in known]
