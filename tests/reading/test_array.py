"""Copied and printed arrays are read to the last figure, or refused in a sentence that says what to mend."""

import re
import sys

import numpy as np
import pytest
from hypothesis import assume, event, example, given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from explorer.errors import ExplorerError
from explorer.reading.array import LONGEST, read_array, write_array
from tests.each import each
from tests.refusals import refusal_of

ROOM = (20, 20)
MATRIX = [[1, -2.5], [0.03, 4]]


@each(
    "text",
    [
        "1\t-2.5\n3e-2\t4",
        "1\t-2.5\t\t\n3e-2\t4\t\t\n\t\t\t\n",
        "1\t−2.5\r\n3×10⁻²\t4\r\n",
        "1\t-2,5\r0,03\t4",
        "1, -2.5\n0.03, 4",
        "1,-2.5,\n\n0.03,4,\n",
        "1;-2.5\n.03;4",
        "1;-2,5;\n0,03;4;",
        "1 -2.5\n\n 0.03   4\n",
        "1 -2,5\n0,03 4",
        "1 -2.5; 0.03 4",
        "1, -2.5; 0.03, 4;",
        "1 -2.5;\n0.03 4;",
        "1 -2.5, 0.03 4",
        "1,-2.5 0.03,4",
        "[1 -2.5; 0.03 4]",
        "W = [1, -2.5\n     0.03, 4;];",
        "W =\n\n    1.0000   -2.5000\n    0.0300    4.0000\n\n",
        "W =\n\n   1.0e-02 *\n\n  100.0000 -250.0000\n    3.0000  400.0000\n\n",
        "[[1, -2.5], [0.03, 4.0]]",
        "[1, -2.5]\n[0.03, 4]",
        "((1, -2.5), (0.03, 4))",
        "{{1, -2.5}, {0.03, 4}}",
        '  "W": [[1, -2.5], [0.03, 4]],',
        ">>> [[np.float64(1.0), np.float64(-2.5)], [np.float64(0.03), np.float64(4.0)]]",
        "Out[3]: array([[ 1.  , -2.5 ],\n       [ 0.03,  4.  ]], dtype=float32)",
        "self.W = np.array([[1, -2.5], [0.03, 4]])",
        "[[[ 1.   -2.5 ]\n  [ 0.03  4.  ]]]",
        "tensor([[ 1.0000, -2.5000],\n        [ 0.0300,  4.0000]], device='cuda:0', grad_fn=<AddmmBackward0>)",
        "Parameter containing:\ntensor([[1, -2.5], [0.03, 4]], dtype=torch.float64, requires_grad=True)",
        "[[tensor(1.), tensor(-2.5)], [tensor(0.03), tensor(4.)]]",
        "<tf.Tensor: shape=(2, 2), dtype=float32, numpy=\narray([[1., -2.5],\n       [0.03, 4.]], dtype=float32)>",
        "     [,1] [,2]\n[1,] 1.00 -2.5\n[2,] 0.03  4.0",
        "rbind(c(1, -2.5), c(0.03, 4))",
        "1 & -2.5 \\\\\n0.03 & 4 \\\\",
        "1/1 -5/2\n3/100 4",
        "\\begin{pmatrix} 1 & -\\frac{5}{2} \\\\ \\tfrac {3}{100} & \\dfrac82 \\end{pmatrix}",
        "1 & -2.5\n0.03 & 4",
        "\\begin{bmatrix} 1 & -2.5 \\\\ 3 \\cdot 10^{-2} & \\phantom{-}4 \\end{bmatrix}",
        "$$\\mathbf{W}_{hh} = \\begin{pmatrix} 1 & -2.5 \\\\ 0.03 & 4 \\end{pmatrix}$$.",
        "\\boldsymbol{W}^{(1)} &= \\begin{bmatrix} 1 & 0.03 \\\\ -2.5 & 4 \\end{bmatrix}^{\\top}",
        "$ mat(1, -2.5; 0.03, 4) $",
        "W := [1 0.03; -2.5 4]'",
        "W⁽¹⁾ = [[1, -2.5], [0.03, 4]]  # recurrent weights",
        "⎡ 1    -2.5⎤\n⎣0.03   4  ⎦",
        "\\[\\left(\\begin{array}{rr} 1 & -2{,}5 \\\\[2pt] 0{,}03 & 4 \\end{array}\\right)\\]",
    ],
)
def test_a_matrix_may_be_written_in_every_usual_way(text: str) -> None:
    np.testing.assert_array_equal(read_array(text, ROOM), MATRIX)


@each(
    "text",
    [
        *["1\t2\t3\n", "1\n2\n3", "1 2 3", "1;2;3", "[1, 2, 3]", "[1 2\n 3]", "[1; 2; 3]", "[[1, 2, 3]]", "(1, 2, 3,)"],
        *["[[1.]\n [2.]\n [3.]]", "array([1, 2,\n       3])", "tensor([1, 2, 3])", " [1] 1 2\n [3] 3", "c(1, 2, 3)"],
        *["1 \\\\ 2 \\\\ 3", "b = (1, 2, 3)^T", "$b_h = (1, 2, 3)^{\\top}$", "np.array([1, 2, 3]).T"],
    ],
)
def test_a_vector_takes_a_row_or_a_column(text: str) -> None:
    assert read_array(text, (4, 1)).tolist() == [[1], [2], [3]]
    assert read_array(text, (1, 4)).tolist() == [[1, 2, 3]]


@each(
    ("text", "sentence"),
    [
        ("", "There are no numbers here; copy some first"),
        (" \n\n", "There are no numbers here"),
        ("[[], []]", "There are no numbers here"),
        ("9 " * LONGEST, "is too long to be numbers for a table; copy less"),
        ("1\t2\n3", "row 2 has 1 and row 1 has 2; copy a whole rectangle"),
        ("[[1, 2], [3]]", "row 2 has 1 and row 1 has 2"),
        ("1\t2\n\t4", "There is no number in row 2, column 1"),
        ("1,,3", "There is no number in row 1, column 2"),
        ("1;;3", "not equally long"),
        ("1\tW", "“W” in row 1, column 2 is not a number; write it like"),
        ("1\u00a0234,5\t2", "“1 234,5” in row 1, column 1 is not one number"),
        ("[1, 2 3]", "“2 3” in row 1, column 2 is not one number"),
        ("1 - 2", "“-” in row 1, column 2 is not a number"),
        ("0,5\n-1,5", "A comma in “0,5 -1,5” can be a decimal mark, or part two numbers; write decimals with a point"),
        ("0,5", "A comma in “0,5” can be"),
        ("1,234", "A comma in “1,234” can be"),
        ("1,2 3,4", "A comma in “1,2 3,4” can be"),
        ("1 2,3 4", "A comma in “1 2,3 4” can be"),
        ("0,5;1,5", "A comma in “0,5;1,5” can be"),
        ("1,234\t5,678", "“1,234” in row 1, column 1 can be 1.234 or 1234"),
        ("1,234 5", "“1,234” in row 1, column 1 can be 1.234 or 1234"),
        ("0,5\t1.5", "“1.5” in row 1, column 2 has a decimal point, others have a comma; write all alike"),
        ("1;2;3", "“1;2;3” can be 3×1 or 1×3 numbers; put each row into brackets of its own"),
        ("[1 2\n 3 4]", "“[1 2 3 4]” can be 1×4 or 2×2 numbers"),
        ("[0. 1. ... 8. 9.]", "“...” stands for numbers that were left out where this was printed"),
        ("1 & \\cdots & 2", "“...” stands for numbers that were left out"),
        ("[[1, 2], [3, 4]", "A bracket “[” is not closed; copy the whole array"),
        ("[1, 2)", "A bracket “)” closes none that is open"),
        ("[[[1], [2]], [[3], [4]]]", "more than rows of numbers; paste one vector or one matrix at a time"),
        ("[1, [2, 3]]", "“1,” stands beside brackets where only other rows can be"),
        ("-[1, 2]", "“-” stands beside brackets"),
        ("-\\begin{bmatrix} 1 \\\\ 2 \\end{bmatrix}", "is not a number"),
        ("np.array([1, 2]) @ V", "“@ V” stands beside brackets"),
        ("matrix(c(1, 2, 3, 4), nrow = 2)", "“, nrow = 2” stands beside brackets"),
        ("sin([1, 2])", "“sin(…)” is computed; print what it gives"),
        ("(5)", "“(5)” is not a number"),
        ("[1] [2] 3", "stands beside brackets"),
        (" [1] 1 2\n [9] 3", "stands beside brackets"),
    ],
)
def test_what_is_no_table_of_numbers_or_could_be_two_is_refused_with_what_to_mend(text: str, sentence: str) -> None:
    assert sentence in refusal_of(read_array, text, ROOM)


@pytest.mark.parametrize(
    ("text", "shape", "numbers"),
    [
        ("[1 2\n 3 4]", (2, 2), [[1, 2], [3, 4]]),
        ("[1 2\n 3 4]", (1, 4), [[1, 2, 3, 4]]),
        ("b = (0,5; 1)", (2, 1), [[0.5], [1]]),
        ("1;2", (2, 2), None),
        ("1;2", (1, 2), [[1, 2]]),
        ("0,5\n-1,5", (2, 1), None),
    ],
)
def test_the_wanted_shape_decides_how_numbers_lie_but_never_what_they_are(
    text: str, shape: tuple[int, int], numbers: list[list[float]] | None
) -> None:
    if numbers is None:
        with pytest.raises(ExplorerError, match=" can be "):
            read_array(text, shape)
    else:
        assert read_array(text, shape).tolist() == numbers


@pytest.mark.parametrize(("at", "fits"), [((0, 0), True), ((1, 2), True), ((2, 2), False), ((1, 3), False)])
def test_numbers_must_fit_between_their_cell_and_the_end_of_the_table(at: tuple[int, int], fits: bool) -> None:
    if fits:
        assert read_array("1 2\n3 4", (3, 4), at).shape == (2, 2)
        return
    with pytest.raises(ExplorerError, match=f"are 2×2, but from row {at[0] + 1}, column {at[1] + 1} on there is room"):
        read_array("1 2\n3 4", (3, 4), at)


def test_numbers_that_would_fit_transposed_are_not_turned_but_said_to() -> None:
    with pytest.raises(ExplorerError, match=r"are 2×3, but .* room for 3×2, where they would fit transposed, with ᵀ"):
        read_array("1 2 3\n4 5 6", (3, 2))
    assert read_array("1 2 3\n4 5 6ᵀ", (3, 2)).tolist() == [[1, 4], [2, 5], [3, 6]]


FINITE = st.floats(allow_nan=False, allow_infinity=False)
ARRAYS = arrays(np.float64, array_shapes(max_dims=2, max_side=9), elements=st.floats())
ONE_LINE = array_shapes(min_dims=1, max_dims=1, max_side=40)


def shaped(array: np.ndarray) -> np.ndarray:
    return array.reshape(1, -1) if array.ndim == 1 else array


@given(ARRAYS | arrays(np.float64, ONE_LINE, elements=st.floats()))
def test_what_numpy_prints_is_read_to_the_last_figure(array: np.ndarray) -> None:
    wanted = (1, 40) if array.ndim == 1 else ROOM
    with np.printoptions(precision=17, floatmode="unique", threshold=sys.maxsize):
        for text in (str(array), repr(array)):
            np.testing.assert_array_equal(read_array(text, wanted), shaped(array))


@given(arrays(np.float32, array_shapes(max_dims=2, max_side=9), elements=st.floats(-1e6, 1e6, width=32)))
def test_what_numpy_rounds_is_read_as_it_is_printed(array: np.ndarray) -> None:
    wanted = (1, 40) if array.ndim == 1 else ROOM
    for text in (str(array), repr(array)):
        printed = [float(number) for number in re.findall(r"-?\d[\d.]*(?:e[+-]\d+)?", text.replace("float32", ""))]
        assert read_array(text, wanted).ravel().tolist() == printed


@given(st.data(), st.integers(1, 5), st.integers(1, 5))
def test_lists_and_separated_values_are_read_to_the_last_figure(data: st.DataObject, rows: int, columns: int) -> None:
    values = data.draw(arrays(np.float64, (rows, columns), elements=FINITE)).tolist()
    lines = [list(map(repr, row)) for row in values]
    for text in (
        repr(values),
        repr(tuple(map(tuple, values))),
        write_array(values),
        "\r\n".join(",".join(row) for row in lines),
        "\n".join(", ".join(row) + "," for row in lines),
        "[" + "; ".join(" ".join(row) for row in lines) + "]",
        " \\\\ ".join(" & ".join(row) for row in lines) + "\\\\",
    ):
        assert read_array(text, ROOM).tolist() == values


@given(st.data(), st.integers(1, 5), st.integers(1, 5), st.sampled_from("\t; "))
def test_decimal_commas_are_read_to_the_last_figure_or_refused(
    data: st.DataObject, rows: int, columns: int, mark: str
) -> None:
    values = data.draw(arrays(np.float64, (rows, columns), elements=FINITE)).tolist()
    text = "\r\n".join(mark.join(map(repr, row)) for row in values).replace(".", ",")
    try:
        read = read_array(text, ROOM)
    except ExplorerError as error:
        assert " can be " in str(error)
        assert columns == 1 or mark != "\t" or all(re.search(r"^-?\d{1,3},\d{3}$", w) for w in text.split() if "," in w)
    else:
        assert read.tolist() == values
        event("read")


SIGNS = [*"0123456789012345678999....,,,;;--eE[](){}  \t\n\n&×*^x'=:<>", "\\\\"]
GARBAGE = st.lists(st.sampled_from(SIGNS), max_size=24).map("".join)


@given(GARBAGE | ARRAYS.map(repr).flatmap(lambda t: st.integers(0, len(t)).map(lambda i: t[:i] + t[i + 1 :])))
@example("np.float64(2)3")
@example("1.np.float64(2)")
@example("[1] [2]")
def test_what_is_read_from_garbage_stands_there(text: str) -> None:
    """Python's own float reads each word between marks, once with points and once with decimal commas."""
    try:
        read = read_array(text, ROOM)
    except ExplorerError:
        return
    assume(not set(text) & set("×x*^") and not re.search(r"[)\]}]\s*'", text))
    words = re.sub(r"^\s*\w+(?:[(\[<]\d+[)\]>])?\s*:?[=:]|^\s*>>?>?|\\hline|\barray\b|np\.float64", " ", text)
    parted = [word for word in re.split(r"[\s,;\[\](){}&\\]+", re.sub(r"-\s+", "-", words)) if word]
    whole = [word for word in re.split(r"[\s;\[\](){}&\\]+", re.sub(r"-\s+", "-", words)) if word]
    meant = []
    for tokens in (parted, [word.replace(",", ".") for word in whole]):
        try:
            meant.append([float(token) for token in tokens])
        except ValueError:
            continue
    assert any(np.array_equal(read.ravel(), numbers, equal_nan=True) for numbers in meant)
    event("read")


@given(GARBAGE | st.text(max_size=40))
@example("1e" + "9" * 5000)
def test_a_refusal_is_one_sentence(text: str) -> None:
    try:
        read = read_array(text, ROOM)
    except ExplorerError as error:
        assert str(error).endswith(".") and "\n" not in str(error) and len(str(error)) < 250
    else:
        assert read.ndim == 2 and read.size and read.dtype == np.float64
