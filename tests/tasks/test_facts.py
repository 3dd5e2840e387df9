"""What tasks know at each step: against what a person says of a sequence written out, and what holds for every task."""

import numpy as np

from explorer.graph.declaration import TREE
from explorer.tasks import Task, all_known, get_task
from tests.each import each
from tests.tasks.test_every_task import every_task


def said(task: Task, line: str, id: str) -> str:
    """What is known of a typed sequence, step by step: names or numbers, · where there is nothing to know."""
    drawn = task.typed(line).drawn
    found = next(fact for fact in all_known(task, drawn) if fact.id == id)
    if found.labelled:
        return " ".join(found.name(step) or "·" for step in range(1, len(found.values) + 1))
    return " ".join("·" if np.isnan(value) else f"{value:g}" for value in found.values[:, 0])


@each(
    ("task", "line", "id", "expected"),
    [
        ("running_parity", "0 1 1 1 0", "parity", "even odd even odd odd"),
        ("running_parity", "0 1 1 1 0", "before", "· 0 1 1 1"),
        ("delayed_echo", "a b b a", "target", "– – a b"),
        ("binary_addition", "1+1 0+1 0+0 1+1", "carry", "1 1 0 1"),
        ("majority", "1 1 0 0 0", "lead", "1 2 1 0 -1"),
        ("majority", "1 1 0 0 0", "target", "0 0 0 0 0"),
        ("first_symbol_recall", "b a a", "first", "b b b"),
        ("a_n_b_n", "a a b b a b a", "depth", "1 2 1 0 1 0"),
        ("a_n_b_n", "a a b b a b a", "node", "1 read|2 read|1 to come|0 to come|1 read|0 to come"),
        ("a_n_b_n", "a b b a a", "node", "1 read|0 to come|·|·"),
        ("embedded_reber", "B T B T X S E T E B", "inner_node", "kind 0 1 2 4 6 end last start"),
        ("embedded_reber", "B T B T X S E T E B", "kind", "· T T T T T T · ·"),
        (
            "copy_memory",
            "a b – – – – ! –",
            "phase",
            "reading reading waiting waiting waiting waiting repeating repeating",
        ),
        ("copy_memory", "a b – – – – ! –", "letter_2", "· b b b b b b b"),
        ("temporal_xor", "1 0 1 1 1 0", "xor", "· 1 1 0 0"),
        ("temporal_xor", "1 0 1 1 1 0", "place", "first second third first second"),
        ("fill_in", "a _ e _ c", "next_letter", "a e e c c"),
        ("reversal", "a b b", "first", "a a a"),
        ("number_words", "3 and 20 1", "word", "units and tens units"),
        ("number_words", "3 and 20 1", "place", "tens units units"),
        ("truth_value", "((1 0) 1)", "value", "1 0 1 1 0"),
        ("truth_value", "((1 0) 1)", "bits", "1 1 1 2 3"),
        ("next_symbol", "l l o h", "pattern", "· 4 l 5 o"),
        ("next_symbol", "h e l l o h", "character", "consonant vowel consonant consonant vowel"),
    ],
)
def test_it_is_what_a_person_says_of_the_sequence(task: str, line: str, id: str, expected: str) -> None:
    assert said(get_task(task), line, id).split() == expected.replace("|", " ").split()


def test_numbers_add_up_and_a_pendulum_has_the_speed_by_which_its_angle_moves() -> None:
    numbers = np.array([[0.5, 1.0], [0.25, 0.0], [0.125, 1.0]])[:, np.newaxis]
    sums, marks, *_ = all_known(get_task("adding_problem"), numbers)
    assert (sums.values[:, 0].tolist(), marks.values[:, 0].tolist()) == ([0.5, 0.5, 0.625], [1.0, 1.0, 2.0])

    pendulum = get_task("damped_pendulum", period=8)
    pushes = pendulum.draw(np.random.default_rng(1), 20, 3)
    found = {fact.id: fact.values for fact in all_known(pendulum, pushes)}
    np.testing.assert_allclose(np.diff(found["target_0"], axis=0), found["speed"][1:] * 2 * np.pi / 8, atol=1e-12)


def test_a_symbol_is_known_until_it_is_echoed() -> None:
    assert said(get_task("delayed_echo", k=4), "a b b a b", "ago_3") == "· · · a b"


def test_a_word_is_counted_from_the_blank_before_it() -> None:
    assert said(get_task("next_symbol", text="one two three "), "e two t", "word") == "· 0 1 2 3 0"


@every_task
def test_each_thing_has_a_value_for_each_step_of_each_sequence(task: Task) -> None:
    T = task.default_length
    found = all_known(task, task.draw(np.random.default_rng(3), T, 5))
    assert len({fact.id for fact in found}) == len(found) == len({(k.title, k.span) for k in found}) >= 3
    for fact in found:
        assert fact.title and fact.values.shape == (fact.span.count(T, task.lengths(T)), 5), fact.id
        if fact.labelled:
            assert fact.values.dtype == np.intp and fact.values.min() >= -1
            assert fact.values.max() < len(fact.names) and all(fact.names), fact.id


@every_task
def test_what_was_read_settles_it(task: Task) -> None:
    T = task.default_length
    rng = np.random.default_rng(4)
    drawn, other = task.draw(rng, T, 4), task.draw(rng, T, 4)
    half = len(task.read(drawn)) // 2
    other[:half] = drawn[:half]
    for one, two in zip(all_known(task, drawn), all_known(task, other), strict=True):
        later = one.id.startswith("target") or one.id in ("next_letter", "read") or one.span == TREE
        if not later and one.span == task.input_span:
            np.testing.assert_array_equal(one.values[:half], two.values[:half], err_msg=one.id)
