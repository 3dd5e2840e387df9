"""Put into words what the card of units shows. No Qt."""

from explorer.language import tr
from explorer.session.states.units import UnitsSeen


def share_text(share: float) -> str:
    """A share to two decimals; a dash where there is nothing to measure."""
    return f"{share:.2f}" if share == share else "–"


def units_words(seen: UnitsSeen, unit: int) -> tuple[str, ...]:
    """How well the unit follows, and what the measure is; and shorter."""
    share, name = float(seen.shares[unit]), tr("{node}, unit {unit}", node=seen.symbol, unit=unit + 1)
    if seen.fact is None:
        return (tr("{unit}: the task knows nothing at the steps of {node}.", unit=name, node=seen.symbol),)
    if share != share:
        return (tr("{unit} is constant over these sequences, so it follows nothing.", unit=name),)
    figure = share_text(share)
    if seen.fact.labelled:
        said = tr("{unit}: η² = {share}.", unit=name, share=figure)
        measure = tr(
            "η², the correlation ratio, is the share of its variance that lies between the values of “{fact}”: 1 if it "
            "tells them all apart, 0 if it is the same at each on average.",
            fact=seen.fact.title,
        )
    else:
        said = tr("{unit}: r² = {share}.", unit=name, share=figure)
        measure = tr(
            "r² is the squared correlation with “{fact}”: 1 if the unit rises or falls with it along a line.",
            fact=seen.fact.title,
        )
    return f"{said} {measure}", said
