"""Choosing one of many networks: what is found by which words, and what is said of the task."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.architectures import architectures, by_group, get_architecture
from explorer.session.choosing import beside, find, with_it
from explorer.session.session import Session
from explorer.tasks import get_task
from tests.each import each
from tests.settings import a_document

OFFERED = [network.id for found in by_group().values() for network in found]


def ids(words: str) -> list[str]:
    return [network.id for network in find(words)]


@pytest.mark.parametrize("words", ["", "  "])
def test_without_a_word_all_are_there_as_they_are_offered(words: str) -> None:
    assert ids(words) == OFFERED


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("Sequence → one", "sequence_to_one"),
        ("sequence -> ONE", "sequence_to_one"),
        ("hidden_to_h", "hidden_to_hidden"),
        ("10.3", "hidden_to_hidden"),
        ("10.10", "hidden_and_output"),
        ("fig. 10.5", "sequence_to_one"),
        ("figure 10.4", "output_to_hidden"),
        ("one output", "sequence_to_one"),
        ("own past 10.10", "hidden_and_output"),
        ("turing", "hidden_to_hidden"),
        ("gradient last", "sequence_to_one"),
    ],
)
def test_title_id_figure_group_and_lesson_lead_to_a_network(words: str, first: str) -> None:
    assert ids(words)[0] == first


@each("id", architectures())
def test_a_name_leads_to_its_own_network_first_and_a_figure_to_one_that_shows_it(id: str) -> None:
    network = get_architecture(id)
    assert [ids(words)[0] for words in (network.title, id)] == [id, id]
    for words in filter(None, (network.figure, network.cited)):
        assert get_architecture(ids(words)[0]).figure == network.figure


def test_what_nobody_says_leads_nowhere() -> None:
    assert ids("transformer") == ids("10.3 transformer") == []


@given(st.text(max_size=12), st.text(max_size=12))
def test_another_word_never_finds_more(words: str, more: str) -> None:
    assert set(ids(f"{words} {more}")) <= set(ids(words)) <= set(OFFERED)


@each("id", architectures())
@each("task", ["running_parity", "delayed_echo", "majority"])
def test_what_is_said_of_the_task_is_what_happens(id: str, task: str) -> None:
    architecture = "sequence_to_one" if get_task(task).one_output else "hidden_to_hidden"
    session = Session(a_document(architecture, task, feedback=None))
    said = with_it(session.document, get_architecture(id))
    session.change(architecture=id)
    assert (said is None) == (session.document.task.id == task)
    if said is not None:
        assert said.short == "other task"
        assert said.said.endswith(f"with this network comes the task '{session.shown.task.title}'.")


def test_a_network_can_stand_beside_where_the_task_goes_with_it() -> None:
    document = a_document("hidden_to_hidden", "running_parity", feedback=None)
    assert beside(document, get_architecture("lstm")) is None
    found = beside(document, get_architecture("sequence_to_one"))
    assert found is not None and found.said == "It cannot stand beside: “Running parity” needs an output at every step."
