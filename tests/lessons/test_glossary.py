"""The glossary: short exact entries, each of which lights up something in at least one of the networks."""

import pytest

from explorer.architectures import architectures
from explorer.graph.unfold import Vertex
from explorer.lessons.book import book
from explorer.lessons.glossary import glossary, matching
from explorer.lessons.lights import LIGHTS, lit
from explorer.session.document import Document, Shown, show
from explorer.session.fitted import fitted
from explorer.training.settings import changed

MOST_WORDS = 45


@pytest.fixture(scope="module")
def networks() -> dict[str, Shown]:
    """Each network as it is shown when it is chosen."""
    new = Document()
    chosen = {id: changed(new, architecture=id, length=4, hidden=2) for id in architectures()}
    return {id: show(fitted(new, document, ("architecture",))) for id, document in chosen.items()}


def test_entries_are_short_and_of_a_section() -> None:
    assert len(glossary()) > 40
    for entry in glossary():
        assert len(entry.says.split()) <= MOST_WORDS, entry.term
        assert book().section(entry.section) is not None, entry.term


def test_each_entry_lights_up_something_somewhere_that_is_there(networks: dict[str, Shown]) -> None:
    for entry in glossary():
        found = {id: lit(shown, entry.lights) for id, shown in networks.items()}
        assert any(found.values()), entry.term
        for id, things in found.items():
            there = {*networks[id].graph.vertices, *networks[id].graph.boundary, *networks[id].trace.parameters}
            assert there.issuperset(things), (entry.term, id)


@pytest.mark.parametrize(
    ("network", "light", "names"),
    [
        ("lstm", "gates", {"f", "g", "q"}),
        ("lstm", "forget gates", {"f"}),
        ("gru", "update gates", {"u"}),
        ("bidirectional", "states back in time", {"g"}),
        ("encoder_decoder", "context", {"C"}),
        ("attention", "attention weights", {"alpha"}),
        ("output_to_hidden", "fed back", {"y", "W"}),
        ("echo_state", "kept as drawn", {"U", "W"}),
        ("skip_in_time", "long connections", {"W_d"}),
        ("hidden_to_hidden", "layers", set()),
    ],
)
def test_what_lights_up_is_what_the_network_has_of_it(
    networks: dict[str, Shown], network: str, light: str, names: set[str]
) -> None:
    assert light in LIGHTS
    things = lit(networks[network], [light])
    assert {thing.name if isinstance(thing, Vertex) else thing for thing in things} == names


@pytest.mark.parametrize("words", ["BPTT", "GRU", "exposure bias", "attention", "dynamical system", "saturated"])
def test_what_lessons_call_by_a_name_is_found(words: str) -> None:
    assert matching(words)


def test_the_term_itself_is_found_first_and_words_of_a_term_before_those_of_what_is_said() -> None:
    found = [entry.term for entry in matching("gate")]
    assert found[0] == "gate"
    assert found.index("forget gate") < found.index("cell state")
    assert matching("no such word") == () and len(matching("")) == len(glossary())
