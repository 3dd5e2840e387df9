"""Tell the user what went wrong: `ExplorerError` for bad input, `suggest` for a name nobody knows, `sentence`."""

from collections.abc import Callable, Collection, Iterable

from explorer.language import tr

_LISTED_AT_MOST = 12
_LONGEST = 60


class ExplorerError(Exception):
    """Bad input; the message is one clear sentence saying what, where and how to mend it.

    It is said in the language that was chosen, with values as `tr` takes them.

    >>> str(ExplorerError("There is no node at step {t}; choose one up to {T}.", t=9, T=8))
    'There is no node at step 9; choose one up to 8.'
    """

    def __init__(self, text: str, /, **values: object) -> None:
        super().__init__(tr(text, **values))


def refuse(why: str | None) -> None:
    """Raise ExplorerError with this sentence, unless there is none: nothing stands against it."""
    if why:
        raise ExplorerError(why)


def refusal(do: Callable[[], object]) -> str:
    """The sentence of the ExplorerError that a call raises; "" if it raises none."""
    try:
        do()
    except ExplorerError as error:
        return str(error)
    return ""


def suggest(name: str, known: Iterable[str], what: str) -> ExplorerError:
    """Return (do not raise) the error for a `what` called `name` that is not among the `known` names.

    The message offers the nearest known name if there is one that is close, or the only one that contains
    `name`, and otherwise the known names themselves, in the order given, cut short after a dozen.

    >>> str(suggest("lsmt", ["rnn", "lstm", "gru"], "architecture"))
    "There is no architecture called 'lsmt'; did you mean 'lstm'?"
    """
    names = list(known)
    folded = {candidate.casefold(): candidate for candidate in names}
    wanted = name.casefold()
    nearest = [candidate for candidate in folded if len(wanted) > 2 and wanted in candidate]
    if len(nearest) != 1:
        from difflib import get_close_matches  # only mistakes need it

        nearest = get_close_matches(wanted, folded, n=1)
    if nearest:
        return ExplorerError(
            "There is no {what} called {name!r}; did you mean {nearest!r}?",
            what=what,
            name=_shortened(name),
            nearest=folded[nearest[0]],
        )
    if not names:
        return ExplorerError(
            "There is no {what} called {name!r}; none is known here.", what=what, name=_shortened(name)
        )
    listed = ", ".join(names[:_LISTED_AT_MOST])
    more = len(names) - _LISTED_AT_MOST
    return ExplorerError(
        "There is no {what} called {name!r}; choose one of: {known}.",
        what=what,
        name=_shortened(name),
        known=tr("{words} and {more} more", words=listed, more=more) if more > 0 else listed,
    )


def check_known(name: str, known: Collection[str], what: str) -> None:
    """Raise what `suggest` says where a name is not among those that are known."""
    if name not in known:
        raise suggest(name, known, what)


def sentence(clause: str) -> str:
    """The clause with a full stop, unless it ends as a sentence does."""
    return clause if clause.endswith((".", "?")) else f"{clause}."


def _shortened(name: str) -> str:
    return name if len(name) <= _LONGEST else f"{name[:_LONGEST]}…"


def check_distinct(ids: Iterable[str], what: str) -> None:
    """Raise ExplorerError if two of what is found in a folder, a `what` in each file, have the same id."""
    seen = set[str]()
    for id in ids:
        if id in seen:
            raise ExplorerError("Two files declare the {what} '{id}'; give one of them another id.", what=what, id=id)
        seen.add(id)
