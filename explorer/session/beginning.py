"""Say with which weights training begins: with those that are shown."""

from explorer.graph.arrays import flat
from explorer.language import tr
from explorer.session.document import Document, Shown
from explorer.session.edits import Edit
from explorer.session.weights import Weights, origin_of, weight_edits
from explorer.training.commands import Origin


class Beginning(Origin, frozen=True, eq=False):
    """Weights that are shown, for runs to begin with as iteration 0.

    `said`: in words where they are from; `edits`: those by hand that are in them. `looked_at`: they are those that a
    run had at an iteration, as they were.
    """

    said: str
    edits: tuple[Edit, ...] = ()
    looked_at: bool = False

    @property
    def sentence(self) -> str:
        """That training begins with them."""
        return tr("Training begins with what the graph shows: {said}.", said=self.said)


def beginning(shown: Shown, weights: Weights | None, document: Document) -> Beginning | None:
    """What training begins with; None if it is the initial weights of the seed.

    `document` is that of the session, with the edits that these weights have grown from; that of `shown` lacks them.
    """
    edits, made = weight_edits(document), weight_edits(shown.document)
    if weights is None and not edits:
        return None
    looked_at = weights is not None and weights.iteration is not None and not weights.updates and not made
    return Beginning(flat(shown.trace.parameters), 0, origin_of(document, weights), edits, looked_at)
