"""The embedded Reber grammar against a regular expression of its strings; chance and floor by writing out all texts."""

import re
from math import log

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.tasks import get_task

REBER = get_task("embedded_reber")
INNER = r"B(?:TS*XS|(?:TS*XX|P)(?:T*VPX)*(?:T*VV|T*VPS))E"
STRING = re.compile(f"BT{INNER}TE|BP{INNER}PE")
ENDINGS = ("", "E", "SE", "VE", "XSE", "VVE", "TXSE", "BTXSE")
"""What makes the beginning of a string of Reber's own grammar whole, wherever in it the beginning ends."""


def begins(part: str) -> bool:
    """Whether some string begins so."""
    endings = ["", "E", "TBTXSETE", "BTBTXSETE", *(f"{ending}{kind}E" for ending in ENDINGS for kind in "TP")]
    return any(STRING.fullmatch(part + ending) for ending in endings)


def cut_off(written: str) -> str:
    """What follows the last whole string of those of which a text is made."""
    place = 0
    while found := STRING.match(written, place):
        place = found.end()
    return written[place:]


@given(seed=st.integers(0, 2**32 - 1), T=st.integers(2, 120))
def test_a_sequence_is_one_string_after_another_and_the_next_symbol_is_asked_for(seed: int, T: int) -> None:
    batch = REBER.batch(np.random.default_rng(seed), T, 1)
    x, y = batch.symbols["x"][:, 0].tolist(), batch.y[:, 0].tolist()
    assert x[1:] == y[:-1]
    assert begins(cut_off("".join(REBER.input_symbols[symbol] for symbol in (*x, y[-1]))))


def test_both_kinds_of_string_are_equally_likely_and_of_many_lengths() -> None:
    y = REBER.batch(np.random.default_rng(1), 12_000, 1).y[:, 0]
    strings = [found.group() for found in STRING.finditer("B" + "".join(REBER.input_symbols[s] for s in y))]
    assert 0.4 < sum(string[1] == "T" for string in strings) / len(strings) < 0.6
    assert min(map(len, strings)) == 9
    assert len(set(map(len, strings))) > 10


@pytest.mark.parametrize("T", [8, 11])
def test_floor_and_chance_are_those_of_all_texts_there_are(T: int) -> None:
    texts = {"B": 1.0}
    for _ in range(T):
        longer = {}
        for text, p in texts.items():
            options = [s for s in "BTPSXVE" if begins(cut_off(text) + s)]
            longer |= {text + s: p / len(options) for s in options}
        texts = longer
    expected = [sum(p * text[1:].count(s) for text, p in texts.items()) / T for s in REBER.input_symbols]
    np.testing.assert_allclose(REBER.target_distribution(T), expected, atol=1e-12)
    assert REBER.entropy_floor(T) == pytest.approx(-sum(p * log(p) for p in texts.values()) / T)
