"""Run a network on a batch, forward, backward and one update, and keep everything: `Tracer` makes a `Trace`."""

from collections.abc import Collection, Mapping

import numpy as np
from msgspec.structs import replace

from explorer.graph.analyse.trace import Trace
from explorer.graph.arrays import Array
from explorer.graph.batch import Batch
from explorer.graph.compute.contributions import Contribution
from explorer.graph.compute.program import Program
from explorer.graph.compute.updates import Moments, Rule, Updates
from explorer.graph.declaration import Sizes
from explorer.graph.feedback import Network
from explorer.graph.placed import shaped
from explorer.graph.tree import Tree
from explorer.graph.truncated import Borders
from explorer.graph.uses import Use, gradient_uses

PLAIN_DESCENT = Rule()


class Tracer:
    """Trace one network at one size again and again (after an edit, say) without compiling anew."""

    def __init__(
        self,
        network: Network,
        sizes: Sizes,
        T: int,
        B: int = 1,
        weighted: bool = False,
        held: Collection[str] = (),
        borders: Borders = (),
    ):
        self.program = Program(network, sizes, T, B, keep=True, weighted=weighted, held=held, borders=borders)
        self._borders = borders

    def trace(
        self, parameters: Mapping[str, Array], batch: Batch, rule: Rule = PLAIN_DESCENT, moments: Moments | None = None
    ) -> Trace:
        """Forward, backward, and one update with its effect on the loss; `moments`: of the updates before it."""
        program, memory = self.program, self.program.memory
        network, of = _over_first_tree(program, batch)
        for name, array in memory.parameters.items():
            np.copyto(array, parameters[name])
        program.load(batch)
        with np.errstate(all="ignore"):  # what overflows is shown and named, not warned about
            program.forward()
            program.backward()
            values = {node.name: memory.steps_of(node.name).copy() for node in program.network.nodes}
            gradients = {name: array.copy() for name, array in memory.gradients.items()}
            contributions = {
                name: tuple(Contribution(u, c.lo, c.hi, c.array.copy()) for u, c in zip(of[name], kept, strict=True))
                for name, kept in program.contributions.items()
            }
            parameter_gradients = {name: array.copy() for name, array in memory.parameter_gradients.items()}
            loss, loss_per_step = program.loss, program.loss_per_step.copy()
            before = {name: array.copy() for name, array in memory.parameters.items()}
            declared = network.architecture.parameters
            # Decay is added to the gradient in place, and no next trace overwrites that of what no loss reaches.
            gradient = memory.theta_gradient.copy()
            update = Updates(memory.theta, gradient, declared, program.sizes, rule, moments).made()
            after = {name: array.copy() for name, array in memory.parameters.items()}
            program.forward()
            loss_after = program.loss
        return Trace(
            network=network,
            sizes=program.sizes,
            T=program.T,
            B=program.B,
            batch=batch,
            parameters=before,
            values=values,
            initial={name: rows.copy() for name, rows in memory.initial.items()},
            final={name: rows.copy() for name, rows in memory.final.items()},
            gradients=gradients,
            contributions=contributions,
            parameter_gradients=parameter_gradients,
            initial_contributions=_copied(program.initial_contributions),
            final_contributions=_copied(program.final_contributions),
            loss=loss,
            loss_per_step=loss_per_step,
            update=update,
            parameters_after=after,
            loss_after=loss_after,
            borders=self._borders,
        )


def _copied(kept: Mapping[str, list[Contribution]]) -> dict[str, tuple[Contribution, ...]]:
    return {name: tuple(replace(c, array=c.array.copy()) for c in found) for name, found in kept.items()}


def _over_first_tree(program: Program, batch: Batch) -> tuple[Network, dict[str, tuple[Use, ...]]]:
    """The network over the tree of the first sequence, if there are trees, and its uses that carry gradients."""
    if not program.memory.leaves:
        return program.network, program.uses.of
    tree = None if batch.trees is None else Tree(tuple((int(a), int(b)) for a, b in batch.trees[:, :, 0].T))
    network = shaped(replace(program.network, tree=tree), program.T)
    return network, gradient_uses(network).of
