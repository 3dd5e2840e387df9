"""The switch of a mixed feedback: the target or the network's own signal, decided step by step."""

import numpy as np

from explorer.graph.arrays import Array
from explorer.graph.contexts import BackRows, Here, Rows, Script
from explorer.graph.equation import Said, TermOf, summand
from explorer.graph.operations.base import TARGET, Operation, Stop
from explorer.graph.refs import Ref, Source
from explorer.language import tr


class Mix(Operation, frozen=True):
    """The target where the mask says so, else the network's own signal: feedback decided step by step."""

    switched = True
    fed_words = tr("the target or the network's own signal of the step before, as you decide for each")
    target: Ref
    own: Ref

    def reads(self, target_fed: bool | None = None) -> list[tuple[Source, str | None]]:
        read = {None: (self.target, self.own), True: (self.target,), False: (self.own,)}
        return [(source, None) for source in read[target_fed]]

    def stop(self, source: Source) -> Stop | None:
        return TARGET if source == self.target else None

    def forward(self, at: Rows) -> None:
        at.call(_mix, at.read(self.target), at.read(self.own), at.mask, at.out)

    def vjp(self, slot: int, at: BackRows) -> None:
        at.call(_where_own, at.gradient, at.mask, at.out)

    def value_said(self, here: Here) -> Said:
        fed = here.fed(self.target, self.own)
        which = tr("the target") if fed == self.target else tr("the network's own signal")
        caption = tr("After step {t}, {which} is fed back.", t=here.t, which=which)
        return Said((summand(here.value(fed)),), caption, tr("To be fed back from step {t}", t=here.t))

    def gradient_said(self, slot: int, here: Here) -> TermOf:
        return summand(here.gradient())

    def numpy_value(self, script: Script) -> str:
        return f"np.where({script.mask} != 0, {script.read(self.target)}, {script.read(self.own)})"

    def numpy_vjp(self, slot: int, gradient: str, value: str, script: Script) -> str:
        return f"{gradient} * ({script.mask} == 0)"

    def torch_value(self, script: Script) -> str:
        return f"torch.where({script.mask} != 0, {script.read(self.target)}, {script.read(self.own)})"


def _mix(target: Array, own: Array, mask: Array, out: Array) -> None:
    np.copyto(out, own)
    np.copyto(out, target, where=mask != 0)


def _where_own(gradient: Array, mask: Array, out: Array) -> None:
    np.multiply(gradient, mask == 0, out)
