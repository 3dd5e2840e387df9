"""Choose one of many networks: `find` them by words, and say what comes `with_it`, or why it cannot stand `beside`."""

from msgspec import Struct

from explorer.architectures import by_group
from explorer.errors import ExplorerError
from explorer.graph.architecture import Architecture
from explorer.language import tr
from explorer.session.document import Document
from explorer.session.fitted import fitted
from explorer.training.matching import clash
from explorer.training.problem import task_of
from explorer.training.settings import changed


class Consequence(Struct, frozen=True):
    """What comes with a network that the task does not go with, or why it cannot be had: in two words and in full."""

    short: str
    said: str


def find(words: str) -> list[Architecture]:
    """The networks about which every word can be said, the most fitting first, others as they are offered.

    A word is looked for in title, id and figure ("10.16", "fig. 10.16"), then in the group, then in what it teaches.
    """
    wanted = _plain(words).split()
    every = [network for found in by_group().values() for network in found]
    fits = {network.id: [_fit(word, network) for word in wanted] for network in every}
    found = [network for network in every if all(fits[network.id])]
    return sorted(found, key=lambda network: -sum(fits[network.id]))


def _fit(word: str, network: Architecture) -> int:
    """How well a word fits a network; 0: not at all."""
    figure = _plain(network.figure)
    names = (*_plain(network.title).split(), *network.id.split("_"), network.id, *_plain(network.cited).split())
    if word in (figure, "fig.", "figure"):
        return 5 if word == figure else int(bool(figure))
    if word == network.id:
        return 5
    if any(name.startswith(word) for name in names):
        return 4
    if any(word in name for name in names):
        return 3
    if word in _plain(network.group):
        return 2
    return int(word in _plain(f"{network.subtitle} {network.lesson}"))


def _plain(text: str) -> str:
    """As it is typed on any keyboard."""
    return text.casefold().replace("->", "→").replace("–", "-")


def with_it(document: Document, network: Architecture) -> Consequence | None:
    """What else would change in a document with another network; None if nothing, as the task goes with both."""
    task = task_of(document)
    apart = clash(network, task)
    if apart is None:
        return None
    why = f"'{task.title}' {apart.needs}"
    try:
        after = fitted(document, changed(document, architecture=network.id))
    except ExplorerError:
        return Consequence(
            tr("no task"), tr("{why}, and no other task goes with {network}.", why=why, network=network.title)
        )
    return Consequence(
        tr("other task"), tr("{why}; with this network comes the task '{title}'.", why=why, title=task_of(after).title)
    )


def beside(document: Document, network: Architecture) -> Consequence | None:
    """Why a network cannot stand beside that of a document; None if it can."""
    apart = clash(network, task_of(document))
    if apart is None:
        return None
    said = tr("It cannot stand beside: “{task}” {needs}.", task=task_of(document).title, needs=apart.needs)
    return Consequence(tr("not on this task"), said)
