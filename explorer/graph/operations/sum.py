"""The sum of terms, by which every layer adds up what it reads."""

from collections.abc import Callable
from typing import Self

from explorer.graph.contexts import Here, Rows, Script
from explorer.graph.equation import Said, TermOf
from explorer.graph.operations.base import Operation
from explorer.graph.refs import Ref, Source
from explorer.graph.terms.base import Elementwise, Term
from explorer.language import tr
from explorer.wording import listed


class Sum(Operation, frozen=True):
    """A sum of terms, as in eq. 10.8: a = b + W h(t−1) + U x(t)."""

    repeats = True
    needs_value = False
    terms: tuple[Term, ...]

    @property
    def sources(self) -> tuple[Source, ...]:
        return tuple(source for term in self.terms for source in term.sources)

    @property
    def unit_by_unit(self) -> tuple[Source, ...]:
        return tuple(source for term in self.terms if isinstance(term, Elementwise) for source in term.sources)

    def connected(self, read: Callable[[Source], Ref], activation: str) -> Self:
        return type(self)(tuple(term.connected(read) for term in self.terms))

    def reads(self, target_fed: bool | None = None) -> list[tuple[Source, str | None]]:
        read = [(source, term.beside) for term in self.terms for source in term.sources]
        return sorted(read, key=lambda pair: pair[1] is None)

    def uses(self) -> list[tuple[Source, Term | None, int]]:
        return [(source, term, slot) for term in self.terms for slot, source in enumerate(term.sources)]

    def forward(self, at: Rows) -> None:
        # Lookups first, as a bias can ride along; products next, which can be written in place; biases last.
        at.biases = [term.bias for term in self.terms if term.bias is not None]
        products = [term for term in self.terms if term.bias is None]
        for term in sorted(products, key=lambda term: not term.looks_up(at)):
            at.put(term.forward(at))
        for bias in at.biases:
            at.put(at.parameter(bias))

    def value_said(self, here: Here) -> Said:
        terms = tuple(term.value_said(here) for term in self.terms)
        here_is, said = here.plain(), listed([_spoken(term) for term in terms])
        if len(terms) > 1:
            return Said(terms, tr("{here} adds up {terms}.", here=here_is, terms=said))
        return Said(terms, tr("{here} is {terms}.", here=here_is, terms=said))

    def numpy_value(self, script: Script) -> str:
        return " + ".join(term.numpy_value(script) for term in self.terms)

    def torch_value(self, script: Script) -> str:
        return " + ".join(term.torch_value(script) for term in self.terms)


def _spoken(term: TermOf) -> str:
    return tr("the bias {term}", term=term.plain) if len(term.factors) == 1 else term.plain
