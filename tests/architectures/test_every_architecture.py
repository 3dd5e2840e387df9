"""Whatever file is put into explorer/architectures has right gradients, in every feedback mode, at every size."""

import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import explorer.architectures
from explorer.architectures import architectures, by_group, get_architecture
from explorer.errors import ExplorerError
from explorer.graph.activations import ACTIVATIONS
from explorer.graph.architecture import Group
from tests.each import each
from tests.oracles.examples import computed, distance_to_a_jump, gradient_error, some_feedbacks

EVERY_MODE = [
    pytest.param(architecture.id, feedback, id=f"{architecture.id}-{feedback}")
    for architecture in architectures().values()
    for feedback in some_feedbacks(architecture)
]
DRAWN = st.fixed_dictionaries(
    {
        "activation": st.sampled_from(list(ACTIVATIONS)),
        "sizes": st.fixed_dictionaries({"n_x": st.integers(1, 3), "n_h": st.integers(1, 4), "n_y": st.integers(2, 4)}),
        "T": st.integers(1, 6),
        "B": st.integers(1, 3),
        "seed": st.integers(0, 2**32 - 1),
    }
)


@given(drawn=DRAWN)
@settings(max_examples=4)  # of each feedback of each network, a hundred in all
@each(("id", "feedback"), EVERY_MODE)
def test_its_gradients_agree_with_finite_differences(id: str, feedback: str | None, drawn: dict[str, Any]) -> None:
    kept = computed(get_architecture(id), feedback, keep=True, **drawn)
    # Where a unit is about to switch, or another symbol about to be picked, there is no derivative to find.
    if distance_to_a_jump(kept) < 1e-2:
        return
    frugal = computed(get_architecture(id), feedback, keep=False, **drawn)
    assert gradient_error(kept) < 1e-7
    assert gradient_error(frugal) < 1e-7


@each("id", architectures())
def test_it_says_what_it_is(id: str) -> None:
    architecture = get_architecture(id)
    assert architecture.id == id
    assert architecture.title and architecture.subtitle
    assert architecture.lesson.endswith(".")


@each("id", architectures())
def test_no_two_of_its_nodes_share_a_name_or_a_place(id: str) -> None:
    nodes = get_architecture(id).nodes
    places = [(node.span.length, node.row, node.shift) for node in nodes if node.row is not None]
    assert len({node.name for node in nodes}) == len(nodes)
    assert len(set(places)) == len(places)


def test_they_come_in_the_order_of_the_book_where_10_10_is_after_10_5() -> None:
    book = ["hidden_to_hidden", "output_to_hidden", "sequence_to_one", "hidden_and_output"]
    assert [id for id in architectures() if id in book] == book


def test_each_is_in_one_group_and_the_groups_come_in_their_order() -> None:
    grouped = by_group()
    assert list(grouped) == [group for group in Group if group in grouped]
    assert sorted(network.id for found in grouped.values() for network in found) == sorted(architectures())
    assert all(network.group is group for group, found in grouped.items() for network in found)


def test_an_unknown_one_is_answered_with_the_nearest() -> None:
    with pytest.raises(ExplorerError, match=r"no architecture called 'hiden_to_hidden'.*'hidden_to_hidden'"):
        get_architecture("hiden_to_hidden")


def test_a_copy_that_kept_its_id_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a_copy.py").write_text("from explorer.architectures.leaky import ARCHITECTURE\n", encoding="utf-8")
    monkeypatch.setattr(explorer.architectures, "__path__", [*explorer.architectures.__path__, str(tmp_path)])
    architectures.cache_clear()
    try:
        with pytest.raises(ExplorerError, match="Two files declare the architecture 'leaky'; give one of them"):
            architectures()
    finally:
        architectures.cache_clear()
        sys.modules.pop("explorer.architectures.a_copy", None)
