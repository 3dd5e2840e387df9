"""Say what is known of the characters of a text: their kind, how far a word has got, where in a pattern one is."""

from collections.abc import Sequence
from string import ascii_lowercase
from unicodedata import category, normalize

import numpy as np

from explorer.graph.batch import Symbols
from explorer.language import tr
from explorer.tasks.facts import UNKNOWN, Fact


def kinds(alphabet: Sequence[str], read: Symbols) -> Fact:
    """Whether each character is a vowel, a consonant, … of the kinds that there are in the alphabet.

    An accent changes nothing. A letter that is none of a to z without one, and what stands for rare characters, is
    another character.
    """
    every = [_kind(character) for character in alphabet]
    present = sorted(set(every))
    names = (tr("vowel"), tr("consonant"), tr("digit"), tr("blank"), tr("mark"), tr("other"))
    places = np.array([present.index(kind) for kind in every])
    return Fact("character", tr("Kind of character"), places[read], tuple(names[kind] for kind in present))


def _kind(character: str) -> int:
    base = normalize("NFD", character)[0].lower()
    if base in ascii_lowercase:
        return 0 if base in "aeiou" else 1
    if base.isspace():
        return 3
    return 2 if base.isdecimal() else 4 if category(base).startswith("P") else 5


def into_word(alphabet: Sequence[str], read: Symbols) -> Fact:
    """How many characters since the last blank, 0 at a blank; not known before the first, where the window began."""
    blank = np.array([character.isspace() for character in alphabet])[read]
    steps = np.arange(len(read))[:, np.newaxis]
    latest = np.maximum.accumulate(np.where(blank, steps, -1), axis=0)
    return Fact("word", tr("Characters since a blank"), np.where(latest < 0, np.nan, steps - latest))


def in_pattern(text: Symbols, names: Sequence[str], read: Symbols) -> Fact:
    """Which character of a short text that is read in a circle each one is, as soon as what was read leaves one.

    `text` is the text in the same symbols, and `names` are theirs; what is not in the text is never known again.
    """
    places = np.full_like(read, UNKNOWN)
    possible = np.ones((len(text), read.shape[1]), np.bool_)
    for t, step in enumerate(read):
        possible = possible & (text[:, np.newaxis] == step)
        places[t] = np.where(possible.sum(0) == 1, possible.argmax(0), UNKNOWN)
        possible = np.roll(possible, 1, 0)
    said = tuple(f"{place} {names[symbol]}" for place, symbol in enumerate(text, 1))
    return Fact("pattern", tr("Place in the text"), places, said)
