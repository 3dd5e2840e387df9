"""Train one network by one setting: `step` makes an update, `evaluate` judges it in both modes."""

from functools import cached_property
from math import inf, isfinite

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from explorer.errors import ExplorerError
from explorer.graph.arrays import Array
from explorer.graph.batch import Batch
from explorer.graph.compute.initial import initial_parameters
from explorer.graph.compute.memory import views
from explorer.graph.compute.program import Program
from explorer.graph.compute.updates import Update, Updates
from explorer.training.divergence import divergence
from explorer.training.evaluation import Judge, one_hot_nodes
from explorer.training.matching import handing_over
from explorer.training.messages import Divergence, Evaluation, Told
from explorer.training.problem import architecture_of, connected, dtype_of, feedback_of, sizes_of, task_of
from explorer.training.randomness import BATCHES, COINS, PARAMETERS, SAMPLES, generator
from explorer.training.readout import Readout
from explorer.training.schedules import target_mask, target_probability
from explorer.training.settings import RunSettings
from explorer.training.shared import shared_program
from explorer.training.truncation import TruncatedGradient, can_be_told
from explorer.training.validation import extended, rule_of, validated


class Run:
    """θ on its way down. Runs that share a seed share the first θ, all mini-batches and the held-out batch.

    `iteration` counts updates, `theta` is flat and `parameters` are its parts, `diverged` says why there will be no
    more, if so. `program` is shared with other runs (`shared_program`), and this run's until another makes a step.
    """

    def __init__(self, settings: RunSettings, theta: Array | None = None, iteration: int = 0):
        """Prepare; `theta` (flat) is where to start instead of at random, `iteration` what it counts as.

        Raises ExplorerError for impossible settings, see `validated`.
        """
        self.settings = settings = validated(settings)
        self.task = task_of(settings)
        self.architecture = architecture_of(settings)
        self.feedback = feedback_of(settings)
        self.iteration = iteration
        self.diverged: Divergence | None = None
        T, B, seed = settings.length, settings.training.batch, settings.seed
        self._network = connected(settings, self.feedback)
        self._one_hot = one_hot_nodes(self.task, self.architecture)
        self.program = self._program(T, B)
        memory = self.program.memory
        self.theta = np.zeros_like(memory.theta)
        self.parameters = views(self.theta, {name: array.shape for name, array in memory.parameters.items()})
        if theta is None:
            self._draw_parameters()
        else:
            self._take_parameters(theta)
        self._before = self.theta.copy()
        self._norm: float | None = None
        self._gradient = np.zeros_like(self.theta)
        """That of the last update, which has this norm: the one in `program` may be another run's by now."""
        self._updates = Updates(memory, rule_of(settings.training))
        drawn = self.task.batches(generator(seed, BATCHES, iteration), T, B, settings.training.carry_state)
        self._batches, self._handed_over = drawn, handing_over(self.architecture, self.task)
        self._past: dict[str, Array] = {}
        """The states in which the mini-batch before ended, where they are carried over."""
        self._coins = generator(seed, COINS, iteration)
        self._samples = generator(seed, SAMPLES, iteration)
        self._parts: dict[tuple[int, int], _Part] = {}
        """What computes mini-batches, by their steps and sequences."""
        ridge = settings.training.ridge
        self._readout = None if ridge is None else Readout(self.program, ridge)
        self._telling = False
        self._made_of: tuple[int, Batch, Array] | None = None
        """Steps, mini-batch and gradient of the last update, while it is told."""

    def step(self) -> float:
        """Make one update, by gradient or by learning the readout at once from all mini-batches so far.

        Return the loss before it, per predicted step, in its unit.

        Once the loss or the gradient is no finite number, `diverged` says so and θ is back where both were.
        Call it within np.errstate(all="ignore"): overflow is met here, by stopping the run, not by warnings.
        """
        T, drawn = next(self._batches)
        part = self._part(T, drawn.y.shape[1])
        program, memory = part.program, self.program.memory
        np.copyto(memory.theta, self.theta)
        if program is not self.program:
            np.copyto(program.memory.theta, self.theta)
        batch = self._with_chance(self._handed_over(drawn), program)
        if self._past:
            batch = replace(batch, initial=self._past)
        program.load(batch)
        program.forward()
        loss = program.loss
        if not isfinite(loss):
            self._diverge(self._norm)
            return inf
        if self.settings.training.carry_state:
            self._past = program.last_states()
        if self._readout is not None:
            np.copyto(self._before, self.theta)
            self._readout.learn(program, batch)
            np.copyto(self.theta, memory.theta)
            self.iteration += 1
            return loss / _counted(batch)
        part.backward(batch)
        if program is not self.program:
            np.copyto(memory.theta_gradient, program.memory.theta_gradient)
        if self._telling:
            self._made_of = T, batch, memory.theta_gradient.astype(np.float64)
        gradient_norm = self._updates.add_decay()
        np.copyto(self._gradient, memory.theta_gradient)
        if not isfinite(gradient_norm):
            np.copyto(self._before, self.theta)
            self._diverge(inf)
            return inf
        self._norm = gradient_norm
        np.copyto(self._before, self.theta)
        self._updates.move(gradient_norm)
        np.copyto(self.theta, memory.theta)
        self.iteration += 1
        return loss / _counted(batch)

    @property
    def weights(self) -> Array:
        """θ, flat, copied, in float64 whatever training computes with."""
        return self.theta.astype(np.float64)

    def tell(self, run: int) -> tuple[float, Told | None]:
        """Make an update, as `step` does, of the run at this place; return the loss, and what the update was made of.

        None if it came to nothing, or where it cannot be told.
        """
        theta, moments = self.weights, self._updates.moments
        self._telling, self._made_of = True, None
        loss = self.step()
        self._telling = False
        if self._made_of is None or self.diverged or not can_be_told(self.settings):
            return loss, None
        T, batch, gradient = self._made_of
        used = self.program.memory.theta_gradient.astype(np.float64)
        assert self._norm is not None
        update = Update(self._updates.rule, self._norm, used, moments, self._updates.moments)
        size = batch.y.shape[1]
        first = batch.sequences(0, 1)
        return loss, Told(run, self.iteration, theta, self.weights, first, T, size, gradient, update)

    def _program(self, T: int, B: int) -> Program:
        dtype, weighted = dtype_of(self.settings.training), self.task.weighted
        return shared_program(self._network, sizes_of(self.settings, T), T, B, dtype, self._one_hot, weighted)

    def _part(self, T: int, B: int) -> "_Part":
        """What computes B sequences of T steps."""
        if (T, B) not in self._parts:
            usual, truncate = (T, B) == (self.program.T, self.program.B), self.settings.training.truncate
            program = self.program if usual else self._program(T, B)
            self._parts[T, B] = _Part(program, truncate and TruncatedGradient(program, *truncate))
        return self._parts[T, B]

    def go_on(self, iterations: int) -> None:
        """Let there be so many iterations in all; batches, coins and optimiser go on as if it had been so before."""
        self.settings = extended(self.settings, iterations)

    def evaluate(self) -> Evaluation:
        """Judge θ as it is, fed the targets and fed its own output, on the held-out batch."""
        return self._judge.judge(self.theta)

    @cached_property
    def _judge(self) -> Judge:
        return Judge(self.settings, self.task)

    def _draw_parameters(self) -> None:
        rng, training = generator(self.settings.seed, PARAMETERS), self.settings.training
        sizes, scale = self.program.sizes, training.initial_scale
        drawn = initial_parameters(self.architecture, sizes, rng, scale, training.initial)
        for name, value in drawn.items():
            self.parameters[name][...] = value

    def _take_parameters(self, theta: Array) -> None:
        if theta.shape != self.theta.shape:
            raise ExplorerError(
                "'{name}' has {size} parameters, but {given} numbers were given to start from; branch off with "
                "the architecture, task and hidden units that they come from.",
                name=self.settings.name,
                size=self.theta.size,
                given=theta.size,
            )
        self.theta[:] = theta

    def _with_chance(self, batch: Batch, program: Program) -> Batch:
        """The batch with coins and uniform numbers, where they are needed."""
        training, T, B = self.settings.training, program.T, program.B
        if self.feedback is not None and self.feedback.mixed:
            probability = target_probability(training.schedule, self.iteration, training.iterations)
            batch = replace(batch, mask=target_mask(self._coins, probability, training.schedule.coin, T, B))
        if program.memory.uniform is not None:
            batch = replace(batch, uniform=self._samples.random((T, B)))
        return batch

    def _diverge(self, gradient_norm: float | None) -> None:
        """Record what broke at this iteration, and go back to the last θ at which all was finite."""
        gradients = views(self._gradient, {name: array.shape for name, array in self.parameters.items()})
        self.diverged = divergence(self.settings, self.iteration, gradient_norm, gradients)
        if not np.array_equal(self._before, self.theta):
            np.copyto(self.theta, self._before)
            self.iteration -= 1


class _Part(Struct, frozen=True, eq=False):
    """A program for sequences of one length, and what truncates their gradient, if something does."""

    program: Program
    truncated: TruncatedGradient | None

    def backward(self, batch: Batch) -> None:
        """Compute the gradient of a batch that was computed forward."""
        if self.truncated:
            self.truncated.backward(batch)
        else:
            self.program.backward()


def _counted(batch: Batch) -> float:
    """The number of predicted steps, as their losses are weighted."""
    weights = batch.loss_weights
    return len(batch.y) if weights is None else float(weights.sum()) / batch.y.shape[1] or 1.0
