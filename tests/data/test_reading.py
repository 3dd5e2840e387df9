"""Own data are read from text as people have them: what is understood, and what is refused in which line."""

import json

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from explorer.architectures import get_architecture
from explorer.data.choices import Choices
from explorer.data.data_set import DataSet, decoded, encoded
from explorer.data.reading import read_data, read_source
from explorer.data.source import Refused
from explorer.errors import ExplorerError
from explorer.graph.output import Target
from explorer.tasks import get_task
from explorer.training.matching import mismatch
from tests.each import each
from tests.refusals import refusal_of


def pairs(data: DataSet) -> list[tuple[list[object], list[object]]]:
    """The sequences by names of symbols, or numbers."""

    def side(steps: list[list[float]], kind: Target, names: tuple[str, ...]) -> list[object]:
        if kind is Target.SYMBOLS:
            return [names[int(step[0])] for step in steps]
        return [step[0] if len(step) == 1 else tuple(step) for step in steps]

    return [
        (side(x, data.inputs, data.input_names), side(y, data.targets, data.output_names)) for x, y in data.sequences
    ]


# Symbols, one sequence a line.


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("1 0 1 -> 1 1 0\n0 1 → 0 1", [(["1", "0", "1"], ["1", "1", "0"]), (["0", "1"], ["0", "1"])]),
        ("101 -> 110", [(["1", "0", "1"], ["1", "1", "0"])]),
        ("1 0 1 -> 110", [(["1", "0", "1"], ["1", "1", "0"])]),
        ("a,b -> x,y\n# a comment\n\nb,a => y,x", [(["a", "b"], ["x", "y"]), (["b", "a"], ["y", "x"])]),
        ("a good film -> up\na bad one -> down", [(["a", "good", "film"], ["up"]), (["a", "bad", "one"], ["down"])]),
        ("hello\nhelp", [(["h", "e", "l", "l"], ["e", "l", "l", "o"]), (["h", "e", "l"], ["e", "l", "p"])]),
    ],
)
def test_symbols_are_read_line_by_line(text: str, found: list[object]) -> None:
    assert pairs(read_data(text).data) == found


def test_numbers_with_a_decimal_mark_are_numbers_and_others_symbols_unless_it_is_chosen() -> None:
    assert read_data("0.5 -1 2 -> 1.5").data.inputs is Target.NUMBERS
    assert read_data("5 -1 2 -> 1 1 1\n1 -> 2").data.inputs is Target.SYMBOLS
    data = read_data("5 -1 2 -> 0 1 1", Choices(inputs_are="numbers", targets_are="bits")).data
    assert (data.inputs, data.targets) == (Target.NUMBERS, Target.BITS)
    assert pairs(data) == [([5.0, -1.0, 2.0], [0.0, 1.0, 1.0])]


@pytest.mark.parametrize("written", ["0.5 -1 2", "(0.5, −1, 2)", "[0.5, -1, 2]", "0,5 -1 2", "0,5; -1; 2"])
def test_numbers_are_written_as_on_paper_in_brackets_or_with_decimal_commas(written: str) -> None:
    assert pairs(read_data(f"{written} -> {written}").data) == [([0.5, -1.0, 2.0], [0.5, -1.0, 2.0])]


def test_two_lists_that_are_named_are_inputs_and_targets() -> None:
    assert pairs(read_data("x = (0.5, -1, 2)\n\ny = (1, 0.5, -1)").data) == [([0.5, -1.0, 2.0], [1.0, 0.5, -1.0])]
    assert pairs(read_data("x = [0.5, -1]\ny = [1, 2.5]").data) == [([0.5, -1.0], [1.0, 2.5])]
    assert pairs(read_data("x = [0.5, -1, 2]").data) == [([0.5, -1.0], [-1.0, 2.0])]


@each(
    "text",
    [
        "x = [[1, 0], [0.5, 1], [1, 1]]\ny = [1, 3, 6.5]",
        "X = np.array([[1, 0], [0.5, 1], [1, 1]])\ny = np.array([[1], [3], [6.5]])",
        "x = [1 0; 0.5 1; 1 1]; y = [1; 3; 6.5];",
        "x = tensor([[1.0000, 0.0000],\n        [0.5000, 1.0000],\n        [1.0000, 1.0000]])\ny = tensor([1, 3, 6.5])",
        "x_1 = (1, 0), x_2 = (0.5, 1), x_3 = (1, 1) and y_1 = 1, y_2 = 3, y_3 = 6.5",
        "$\\mathbf{x}^{(1)} = \\begin{pmatrix} 1 \\\\ 0 \\end{pmatrix}$, $\\mathbf{x}^{(2)} = (\\frac12, 1)^\\top$,"
        " $\\mathbf{x}^{(3)} = (1, 1)^{T}$; $y = (1, 3, 6.5)$.",
        "x⁽¹⁾ = [1, 0]\nx⁽²⁾ = [0.5, 1]\nx⁽³⁾ = [1, 1]\ny₁ = 1\ny₂ = 3\ny₃ = 6.5",
        "x = [[1, 0.5, 1], [0, 1, 1]]\ny = (1, 3, 6.5)",
        "(1, 0), (0.5, 1), (1, 1) -> 1, 3, 6.5",
        "[[1, 0], [0.5, 1], [1, 1]] -> [1, 3, 6.5]",
        '{"x": [[1, 0], [0.5, 1], [1, 1]], "y": [1, 3, 6.5]}',
        "| t | x1 | x2 | y |\n|---|---:|---:|---|\n| 1 | 1 | 0 | 1 |\n| 2 | 0.5 | 1 | 3 |\n| 3 | 1 | 1 | 6.5 |",
        "\\begin{tabular}{c|ccc}\nt & x1 & x2 & y \\\\ \\hline\n1 & 1 & 0 & 1 \\\\\n2 & 0.5 & 1 & 3 \\\\\n"
        "3 & 1 & 1 & 6.5 \\\\\n\\end{tabular}",
        "    x1  x2    y\n0  1.0   0  1.0\n1  0.5   1  3.0\n2  1.0   1  6.5",
        "t,x1,x2,y\n1,1,0,1\n2,0.5,1,3\n3,1,1,6.5",
    ],
)
def test_vectors_are_read_as_sheets_and_programs_write_them(text: str) -> None:
    data = read_data(text).data
    assert pairs(data) == [([(1, 0), (0.5, 1), (1, 1)], [1, 3, 6.5])]
    assert (data.input_names, data.output_names) == (("x1", "x2"), ("y",))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("x = (1, 2, 3), y = (1, 3, 6)", [([1, 2, 3], [1, 3, 6])]),
        ("y = (1, 3, 6)\nx = (1, 2, 3)", [([1, 2, 3], [1, 3, 6])]),
        ("t\t1\t2\t3\nx\t1\t2\t3\ny\t1\t3\t6", [([1, 2, 3], [1, 3, 6])]),
        ("x_1 = 1, x_2 = 2, x_3 = 3, y_3 = 6", [([1, 2, 3], [6])]),
        ("x_1 = 1, x_2 = 2, x_3 = 3, y_2 = 5, y_3 = 6", [([1, 2, 3], [0, 5, 6])]),
        ("x = (1, 2), y = (1, 3)\nx = (3, 4), y = (3, 7)", [([1, 2], [1, 3]), ([3, 4], [3, 7])]),
        ("x: h e l l\ny: e l l o", [(["h", "e", "l", "l"], ["e", "l", "l", "o"])]),
        ("x = 101\ny = 011", [([1, 0, 1], [0, 1, 1])]),
        ("'h', 'e' -> 'e', 'y'", [(["h", "e"], ["e", "y"])]),
        ("inputs = ['h', 'e']\ntargets = ['e', 'l']", [(["h", "e"], ["e", "l"])]),
        ("x = [[1, 2, 3]]\ny = [[1, 3, 6]]", [([1, 2, 3], [1, 3, 6])]),
        ('data = "hey"', [(["h", "e"], ["e", "y"])]),
        ("[[0.5 1. ]\n [1.  0. ]]", [([(0.5, 1)], [(1, 0)])]),
        ("1 0 1 1 -> 3", [(["1", "0", "1", "1"], [3])]),
    ],
)
def test_sequences_are_known_by_their_names_and_by_how_they_are_printed(text: str, found: list[object]) -> None:
    assert pairs(read_data(text).data) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("x = [a, b]\ny = {b, a}", [(["a", "b"], ["b", "a"])]),
        ("x = {'a','b'}; y = {'b','a'};", [(["a", "b"], ["b", "a"])]),
        ("x = ⟨0.5, 1⟩, y = \\langle 0, 1 \\rangle", [([0.5, 1], [0, 1])]),
        ('"ab" -> "ba"\n"aa" -> "bb"', [(["a", "b"], ["b", "a"]), (["a", "a"], ["b", "b"])]),
        ("[([0.5, 1], [1, 0]), ([2, 1], [0, 1])]", [([0.5, 1], [1, 0]), ([2, 1], [0, 1])]),
        ("[('ab', 'ba'), ('aa', 'bb')]", [(["a", "b"], ["b", "a"]), (["a", "a"], ["b", "b"])]),
        ("[(((1, 2), (3, 4)), 1.5), (((1, 0), (3, 0)), 0)]", [([(1, 2), (3, 4)], [1.5]), ([(1, 0), (3, 0)], [0])]),
        ("{'x': [0.5, 1], 'y': [0, 1]}", [([0.5, 1], [0, 1])]),
    ],
)
def test_lists_are_read_as_they_are_written_in_programs_and_on_paper(text: str, found: list[object]) -> None:
    assert pairs(read_data(text).data) == found


@pytest.mark.parametrize("text", ["(1, 0) (0, 1) -> (3, _) (1, 2)", "x = [[1, 0], [0, 1]], y = [(3, _), (1, 2)]"])
def test_a_vector_that_is_left_out_in_part_is_refused_and_not_torn(text: str) -> None:
    assert refusal_of(read_data, text).startswith("In “(3, _)” one number is left out; a target is left out as a whole")


def test_what_python_cannot_make_a_dict_of_is_refused_as_any_other_text_in_brackets() -> None:
    assert refusal_of(read_data, "[{['a']: 1}]") == (
        "These data cannot be read: it is no JSON, as line 1, column 3 shows."
    )


def test_targets_of_some_named_steps_alone_count() -> None:
    assert read_data("x_1 = 1, x_2 = 2, x_3 = 3, y_2 = 5, y_3 = 6").data.weights == ([0.0, 1.0, 1.0],)


def test_brackets_that_hold_no_numbers_are_said_to_and_are_no_symbols() -> None:
    with pytest.raises(ExplorerError, match=r"What stands after y = cannot be read: “\(\?, 6\)”; write numbers"):
        read_data("x = (1, 2), y = (?, 6)")
    with pytest.raises(ExplorerError, match=r"What stands after x = cannot be read: “matrix\(c\(1, 2, 3, 4\), n…”"):
        read_data("x <- matrix(c(1, 2, 3, 4), nrow=2)\ny <- c(1, 0)")


def test_what_is_named_beside_inputs_and_targets_is_left_out() -> None:
    reading = read_data("x_1 = 1, x_2 = 2\nh_0 = 0.5\nW = [[1, 2], [3, 4]]\ny_1 = 1, y_2 = 3")
    assert pairs(reading.data) == [([1, 2], [1, 3])]
    assert [(one.line, one.why) for one in reading.refused] == [
        (2, "gives h, which is neither input nor target"),
        (3, "gives W, which is neither input nor target"),
    ]


def test_one_hot_vectors_can_be_symbols() -> None:
    reading = read_data("x = (0.5, 1)\ny = [[0, 1, 0], [1, 0, 0]]")
    assert reading.data.targets is Target.BITS and reading.other is not None
    data = read_data("x = (0.5, 1)\ny = [[0, 1, 0], [1, 0, 0]]", reading.other.choices).data
    assert (data.targets, data.output_names, pairs(data)) == (
        Target.SYMBOLS,
        ("y1", "y2", "y3"),
        [([0.5, 1], ["y2", "y1"])],
    )
    assert read_data("a,b,y\n1,0,0.5\n1,1,2\n").other is None


def test_numbers_one_a_line_are_a_series_but_rows_that_can_only_be_digits_are_sequences() -> None:
    assert pairs(read_data("0.5\n-1\n2").data) == [([0.5, -1.0], [-1.0, 2.0])]
    assert pairs(read_data("3\n1\n4").data) == [(["3", "1"], ["1", "4"])]
    assert pairs(read_data("112\n98\n132").data) == [(["112", "98"], ["98", "132"])]
    for rows in ("101\n110", "121\n021", "1414213562\n1732050807"):
        assert len(read_data(rows).data.sequences) == 2


def test_one_number_on_each_side_is_no_row_of_characters() -> None:
    assert pairs(read_data("0.5 -> 0.8").data) == [([0.5], [0.8])]
    assert pairs(read_data("-1 -> 0.8\n2 -> 1").data) == [(["-1"], [0.8]), (["2"], [1.0])]


def test_fractions_are_numbers_but_in_a_table_rather_dates() -> None:
    assert pairs(read_data("x = (1/2, -1)\ny = (3/4, -1/8)").data) == [([0.5, -1.0], [0.75, -0.125])]
    data = read_data("day,rain,warmth\n3/4,0,1\n3/5,0.5,2\n").data
    assert data.input_names == ("rain",)


def test_whole_numbers_of_many_values_are_no_symbols() -> None:
    assert read_data(" ".join(map(str, range(100, 160)))).data.inputs is Target.NUMBERS


def test_what_is_left_out_is_said_with_its_line() -> None:
    reading = read_data("1 0 -> 1 1\n1 -> 1 1\na -> b -> c\n\n1 1\n0 -> \n0 1 -> 0 1\n\x07 -> 1")
    assert [one.line for one in reading.refused] == [2, 3, 5, 6, 8]
    assert reading.refused[0] == Refused(2, "has 1 input and 2 targets, not 1")
    assert pairs(reading.data) == [(["1", "0"], ["1", "1"]), (["0", "1"], ["0", "1"])]


# Tables.

TABLE = "id,a,b,y\n1,0.5,1,0\n1,0.25,0,1\n2,1,1,1\n2,x,1,1\n2,3,1,0\n2,3,1\n"


def test_a_table_has_its_sequences_by_a_column_and_the_last_column_as_target() -> None:
    reading = read_data(TABLE)
    assert pairs(reading.data) == [
        ([(0.5, 1.0), (0.25, 0.0)], [0.0, 1.0]),
        ([(1.0, 1.0), (3.0, 1.0)], [1.0, 0.0]),
    ]
    data, made = reading.data, reading.choices
    assert (data.input_names, data.output_names, data.targets) == (("a", "b"), ("y",), Target.BITS)
    assert (made.inputs, made.targets, made.sequence) == (("a", "b"), ("y",), "id")
    assert [one.line for one in reading.refused] == [5, 7]
    assert reading.refused[0].why.startswith("has no number in the column a: “x” is not a number")
    assert reading.refused[1].why == "has 3 cells and the header 4"


@pytest.mark.parametrize("cell", ["nan", "NaN", "-inf", "∞", "1e400", "1e13"])
def test_a_row_with_a_number_that_nothing_can_be_learned_from_is_refused_by_its_line(cell: str) -> None:
    reading = read_data(f"a,b\n1,2.5\n3,{cell}\n5,6\n")
    assert reading.data.sequences == (([[1.0], [5.0]], [[2.5], [6.0]]),)
    assert reading.refused[0].line == 3
    assert f"in the column b, but “{cell}”" in reading.refused[0].why


def test_a_label_is_the_target_also_beside_a_column_y() -> None:
    choices = read_data("trial,x,y,label\ns1,1.5,2.5,up\ns1,2,3,up\ns2,1,0.5,down\ns2,0,1,down\n").choices
    assert (choices.sequence, choices.inputs, choices.targets) == ("trial", ("x", "y"), ("label",))


def test_a_column_without_a_name_counts_rows_and_is_no_input_unless_it_is_chosen() -> None:
    table = ",a,y\n0,1.5,2.5\n1,2,3\n"
    assert read_data(table).choices.inputs == ("a",)
    assert read_data(table, Choices(inputs=("column 1",))).data.input_names == ("column 1",)


def test_a_column_t_of_bits_counts_nothing() -> None:
    rare = read_data("x,t\n0.5,0\n0.25,0\n2,1\n1,0\n").choices
    assert (rare.inputs, rare.targets) == (("x",), ("t",))
    steps = read_data("t,x,y\n0,0.5,1\n1,0.25,3\n").choices
    assert (steps.inputs, steps.targets) == (("x",), ("y",))


def test_commas_of_a_table_are_decimal_marks_if_one_can_be_nothing_else() -> None:
    assert pairs(read_data("a;b\n0,125;5,896\n-1,250;12,345\n").data) == [([0.125, -1.25], [5.896, 12.345])]
    with pytest.raises(ExplorerError, match=r"can be 1\.125 or 1125"):
        read_data("a;b\n1,125;5,896\n", Choices(inputs_are="numbers", targets_are="numbers"))


def test_columns_of_numbers_may_share_a_name() -> None:
    assert read_source("a,a\n1,2\n3,\n").columns == ("a", "a (2)")
    assert not read_source("a,b,a\nb,a,b\n").columns


def test_columns_are_chosen_and_targets_can_lie_ahead() -> None:
    reading = read_data(TABLE, Choices(inputs=("b",), targets=("a",), sequence="", ahead=1))
    assert pairs(reading.data) == [([1.0, 0.0, 1.0], [0.25, 1.0, 3.0])]
    with pytest.raises(ExplorerError, match="There is no column called 'c'"):
        read_data(TABLE, Choices(inputs=("c",)))


def test_words_are_classes_and_one_that_stays_the_same_is_the_target_of_its_sequence() -> None:
    data = read_data("id;temp;kind\n1;0,5;cold\n1;0,7;cold\n2;30;hot\n2;31,5;hot\n2;29;hot\n").data
    assert pairs(data) == [([0.5, 0.7], ["cold"]), ([30.0, 31.5, 29.0], ["hot"])]
    assert data.one_output


def test_one_long_column_is_a_series_of_which_the_next_value_is_asked_for() -> None:
    data = read_data("price\n" + "\n".join(map(str, range(30)))).data
    assert data.windows and data.previous_target and data.lengths == (29,)
    assert pairs(data)[0][0][:3] == [0.0, 1.0, 2.0] and pairs(data)[0][1][:3] == [1.0, 2.0, 3.0]


def test_scaled_numbers_have_mean_zero_and_spread_one() -> None:
    data = read_data("a,y\n" + "\n".join(f"{i},{1000 + i}" for i in range(5)), Choices(scaled=True)).data
    values = [x for x, _ in zip(*pairs(data)[0], strict=True)]
    assert sum(values) == pytest.approx(0) and sum(v * v for v in values) / 5 == pytest.approx(1)


# JSON.


@pytest.mark.parametrize(
    "text",
    [
        '[{"inputs": ["1", "0"], "targets": ["0", "1"]}, {"inputs": "11", "targets": "10"}]',
        '{"sequences": [{"inputs": "1 0", "targets": "0 1"}, {"inputs": ["1", "1"], "targets": ["1", "0"]}]}',
    ],
)
def test_json_holds_sequences(text: str) -> None:
    assert pairs(read_data(text).data) == [(["1", "0"], ["0", "1"]), (["1", "1"], ["1", "0"])]


def test_json_holds_vectors_records_or_columns() -> None:
    assert pairs(read_data("[1.5, 2, 3]").data) == [([1.5, 2.0], [2.0, 3.0])]
    vectors = read_data('[{"inputs": [[1, 0.5], [0, 1]], "targets": [1.5, 2]}]').data
    assert pairs(vectors) == [([(1.0, 0.5), (0.0, 1.0)], [1.5, 2.0])]
    symbols = read_data('[["a", 1234567, 1234568]]').data
    assert pairs(symbols) == [(["a", "1234567"], ["1234567", "1234568"])]
    for text in ('[{"a": 1, "y": 2.5}, {"a": 2, "y": 3}]', '{"a": [1, 2], "y": [2.5, 3]}'):
        assert pairs(read_data(text).data) == [([1.0, 2.0], [2.5, 3.0])]


# Whatever is pasted.

hostile = st.one_of(
    st.text(),
    st.text('01ab ,;\t\n->→"[]{}:.x\x00'),
    st.lists(st.sampled_from(["1", "−1", "0,5", "nan", "inf", "x = ", "(", ")", ", ", " ", "\n", " -> "])).map("".join),
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=3),
        lambda inside: (
            st.lists(inside, max_size=4)
            | st.dictionaries(st.sampled_from(["inputs", "targets", "a", "sequences"]), inside, max_size=3)
        ),
    ).map(json.dumps),
)
choices = st.builds(
    Choices,
    form=st.sampled_from([None, "symbols", "table", "json"]),
    ahead=st.none() | st.integers(0, 3),
    one_target=st.none() | st.booleans(),
    windows=st.none() | st.booleans(),
    scaled=st.booleans(),
    inputs_are=st.sampled_from(["", "symbols", "bits", "numbers"]),
    targets_are=st.sampled_from(["", "symbols", "bits", "numbers"]),
    inputs_also=st.sampled_from([(), ("b", "a")]),
    targets_also=st.sampled_from([(), ("1", "2")]),
)


def test_a_symbol_that_does_not_occur_can_be_there() -> None:
    """A network of three classes of which the one sequence of an exercise has one."""
    data = read_data("0.5 -1 -> 1", Choices(targets_also=("0", "2"))).data
    assert data.output_names == ("0", "1", "2") and data.sequences == (([[0.5], [-1.0]], [[1.0]]),)
    assert read_data("a b -> b a", Choices(inputs_also=("c",))).data.input_names == ("a", "b", "c")


def test_all_symbols_are_given_in_the_order_of_their_units_for_targets_that_are_inputs_too() -> None:
    data = read_data("hello", Choices(inputs_also=("h", "e", "l", "o"))).data
    assert data.input_names == data.output_names == ("h", "e", "l", "o") and data.previous_target
    assert data.sequences[0][0] == [[0.0], [1.0], [2.0], [2.0]]


@given(hostile, choices)
@example("x = 1\ny = ; \\ ;", Choices())
def test_any_text_is_read_or_refused_in_one_sentence(text: str, chosen: Choices) -> None:
    try:
        reading = read_data(text, chosen)
    except ExplorerError as error:
        assert str(error).endswith((".", "?")) and "\n" not in str(error) and len(str(error)) < 400
    else:
        assert decoded(encoded(reading.data)) == reading.data
        assert reading.data.said().endswith(".")


@given(st.text() | hostile)
def test_any_text_in_a_document_is_data_or_refused(text: str) -> None:
    with pytest.raises(ExplorerError):
        decoded(text)


@each(
    ("text", "sentence"),
    [
        ("  \n", "There are no data here; paste some, or choose a file."),
        ("a -> b -> c", "There is no sequence here: line 1 has more than one arrow; write inputs -> targets."),
        ("# nothing", "There is no sequence here; write one a line, inputs -> targets."),
        ('{"a":', "These data cannot be read: it is no JSON, as line 1, column 6 shows."),
        (
            '[{"inputs": "ab", "inputs": "ba"}]',
            "These data cannot be read: it has “inputs” twice in one place",
        ),
        ("[" * 9999, "These data cannot be read: its brackets are nested too deep."),
        ('{"a": [1e999]}', "These data cannot be read: it holds a number that is too large."),
        ("[null, {}]", "No item of this JSON is a sequence: item 1 has no list of inputs and no list of targets"),
        ('a,b\n"1,2\n', "This table has a header and no row below it, for line 2 has 1 cells and the header 2"),
        (
            '[{"inputs": [[1' + "0" * 400 + '], [1]], "targets": [0, 1]}]',
            "has a step that is no symbol, number up to 1e+12",
        ),
        ("1e300 2.5 -> 1.5 2", "1e300 is no number up to 1e+12; mend it or leave it out."),
        ('[["a", [1, 2], "b"]]', "Several columns are symbols only where one of them is 1 and the others 0; choose"),
        ("a,b\n1,2\n" * 1 + "\n".join(["1,2"] * 2000), None),
        ("a,b,c\nx,y,1\n", "The column a holds words, which can be inputs only alone"),
        ("a b -> c c", "The targets of these data are always c; give others, or say what they could also be."),
        ("a -> 1\n" * 5 + "b -> 2", None),
        ("x" * 41 + " y -> a b", "There is no sequence here: line 1 has a symbol of 41 characters"),
        ("ab" * 600 + "->" + "ab" * 600, "Sequence 1 has 1,200 steps, and at most 1,000 can be shown; cut"),
    ],
)
def test_what_cannot_be_is_said_in_a_sentence(text: str, sentence: str | None) -> None:
    if sentence is None:
        read_data(text)
        return
    chosen = Choices(windows=False) if "ab" in text else Choices(inputs=("a", "b")) if "x,y" in text else None
    assert sentence in refusal_of(read_data, text, chosen)


@pytest.mark.parametrize(
    ("text", "said", "kinds"),
    [
        ("1 0 2 -> 6 3 5", "Inputs and targets are read as symbols, but could be numbers.", ("numbers", "numbers")),
        ("1 −1 2 -> 2 3 −5", "Inputs and targets are read as symbols, but could be numbers.", ("numbers", "numbers")),
        ("1 0 1 -> 1 1 0", "Inputs and targets are read as symbols, but could be bits.", ("bits", "bits")),
        ("a b a -> 4 5 6", "Targets are read as symbols, but could be numbers.", ("symbols", "numbers")),
        ("0.5 1 2 -> 1 0 1", "Targets are read as symbols, but could be bits.", ("numbers", "bits")),
        ("x,y\n0.5,3\n1.5,4\n2.5,3\n", "Targets are read as numbers, but could be symbols.", ("numbers", "symbols")),
        ("1 2 3\n2 3 1\n", "Inputs and targets are read as symbols, but could be numbers.", ("numbers", "numbers")),
    ],
)
def test_what_may_be_symbols_or_numbers_can_be_read_the_other_way_and_back(
    text: str, said: str, kinds: tuple[str, str]
) -> None:
    read = read_data(text)
    assert read.other is not None and read.other.said == said
    other = read_data(text, read.other.choices)
    assert (other.data.inputs, other.data.targets) == kinds
    assert other.other is not None
    back = read_data(text, other.other.choices)
    assert (back.data.inputs, back.data.targets) == (read.data.inputs, read.data.targets)
    assert back.data.sequences == read.data.sequences


@pytest.mark.parametrize(
    "text", ["hello -> world", "0.5 1 -> 2.5 3", "a film -> positive\na dull one -> negative", "inf nan 1 -> 1 nan inf"]
)
def test_what_can_only_be_one_of_them_is_not_offered_otherwise(text: str) -> None:
    assert read_data(text).other is None


def test_a_text_beside_its_label_is_a_sequence_of_words() -> None:
    read = read_data("id,text,label\n1,a good film,up\n2,not a good one,down\n")
    assert pairs(read.data) == [(["a", "good", "film"], ["up"]), (["not", "a", "good", "one"], ["down"])]
    assert read.data.one_output


def test_several_targets_may_follow_one_input() -> None:
    data = read_data("[[1, 0, 2]] -> a dog runs\n[[0, 1, 1]] -> a cat").data
    assert data.inputs_in == "1" and data.lengths == (3, 2) and "after 1 input;" in data.said()
    assert pairs(data)[1] == ([(0, 1, 1)], ["a", "cat"])
    assert not mismatch(get_architecture("vector_to_sequence"), get_task("own_data", data=encoded(data)))


def test_all_lines_may_have_so_many_inputs_and_another_number_of_targets() -> None:
    data = read_data("1 2 3 -> 4 5\n3 2 1 -> 5 4").data
    assert data.inputs_in == "T_x" and data.lengths == (2, 2) and not data.one_output
    assert "2 sequences of 2 steps, after 3 inputs" in data.said()
    assert not mismatch(get_architecture("encoder_decoder"), get_task("own_data", data=encoded(data)))
    assert read_data("a b c -> x y").data.inputs_in == "T_x"
    some = read_data("1 2 3 -> 4 5 4\n3 2 1 -> 5 4")
    assert some.data.inputs_in == "T" and "3 inputs and 2 targets, not 3" in some.refused[0].why


def test_numbers_of_a_column_are_read_alike_whether_or_not_all_are_written_plainly() -> None:
    plain, other = (read_data(f"x,y\n0.5,1\n{two},3\n-1e2,2.5\n", Choices(inputs=("x",))) for two in ("2", "4/2"))
    assert plain == other
    large = read_data("x,y\n0.5,1\n1e13,3\nnan,0\n2,2.5\n", Choices(inputs=("x",)))
    assert [one.line for one in large.refused] == [3, 4]
    assert pairs(large.data) == [([0.5, 2.0], [1.0, 2.5])]
