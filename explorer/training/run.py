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
from explorer.graph.compute.updates import Moments, Update, Updates
from explorer.training.divergence import divergence
from explorer.training.evaluation import Judge, one_hot_nodes
from explorer.training.matching import handing_over
from explorer.training.messages import Divergence, Evaluation, Standing, Told
from explorer.training.problem import architecture_of, connected, dtype_of, feedback_of, sizes_of, task_of
from explorer.training.randomness import BATCHES, COINS, PARAMETERS, SAMPLES, generator
from explorer.training.readout import Readout
from explorer.training.schedules import target_mask, target_probability
from explorer.training.settings import RunSettings
from explorer.training.shared import shared_program
from explorer.training.truncation import TruncatedGradient, can_be_told
from explorer.training.validation import extended, rule_of, validated


class Drawn(Struct, frozen=True, eq=False):
    """A mini-batch of sequences of so many steps, with all that chance decides."""

    steps: int
    batch: Batch

    @property
    def size(self) -> int:
        """The number of sequences."""
        return len(self.batch.y[0])

    @property
    def predicted(self) -> float:
        """The number of predicted steps, as their losses are weighted."""
        weights = self.batch.loss_weights
        return len(self.batch.y) if weights is None else float(weights.sum()) / self.size or 1.0


class Run:
    """θ on its way down. Runs that share a seed share the first θ, all mini-batches and the held-out batch.

    `iteration` counts updates, and `updates` makes them; `diverged` says why there will be no more, if so. `past`: the
    states in which the mini-batch before ended, where they are carried over. `told`: what the last update was made of,
    if `tell_next` asked for it. `program` is shared with other runs (`shared_program`), and this run's until another
    makes a step.
    """

    def __init__(
        self,
        settings: RunSettings,
        theta: Array | None = None,
        iteration: int = 0,
        since: int | None = None,
        moments: Moments | None = None,
    ):
        """Prepare; `theta` (flat) is where to start instead of at random, `iteration` what it counts as.

        With `since` and `moments`, see `Standing`, it goes on as if never left: what was drawn is drawn again.
        Raises ExplorerError for impossible settings, see `validated`.
        """
        self.settings = settings = validated(settings)
        self.task = task_of(settings)
        self.architecture = architecture_of(settings)
        self.feedback = feedback_of(settings)
        self.iteration = iteration
        self.diverged: Divergence | None = None
        self.told: Told | None = None
        self.past: dict[str, Array] = {}
        training, T, B, seed = settings.training, settings.length, settings.training.batch, settings.seed
        self._network = connected(settings, self.feedback)
        self._one_hot = one_hot_nodes(self.task, self.architecture)
        self.program = self.program_for(T, B)
        start, declared, rule = self.program.memory.theta, self.architecture.parameters, rule_of(training)
        flat = np.zeros_like(start), np.zeros_like(start)
        self.updates = Updates(*flat, declared, self.program.sizes, rule, moments)
        if theta is None:
            self._draw_parameters()
        else:
            self._take_parameters(theta)
        self._before = self.theta.copy()
        self._norm: float | None = None
        self._gradient = np.zeros_like(self.theta)
        """That of the last update, which has this norm, before it was clipped."""
        self._since = begun = iteration if since is None else since
        drawn = self.task.batches(generator(seed, BATCHES, begun), T, B, training.carry_state)
        self._batches, self._handed_over = drawn, handing_over(self.architecture, self.task)
        self._coins = generator(seed, COINS, begun)
        self._samples = generator(seed, SAMPLES, begun)
        self._parts: dict[tuple[int, int], _Part] = {}
        """What computes mini-batches, by their steps and sequences."""
        self._readout = None if training.ridge is None else Readout(self.program, training.ridge)
        self._telling = False
        self._before_told: tuple[Array, Array, Moments] | None = None
        """What the update to be told begins with: θ, its gradient without decay, what the optimiser remembers."""
        for self.iteration in range(begun, iteration):
            self.draw()
        self.iteration = iteration

    def step(self) -> float:
        """Make one update, by gradient or by learning the readout at once from all mini-batches so far.

        Return the loss before it, per predicted step, in its unit.

        Once the loss or the gradient is no finite number, `diverged` says so and θ is back where both were.
        Call it within np.errstate(all="ignore"): overflow is met here, by stopping the run, not by warnings.
        """
        return self.learn(self.draw())

    def draw(self) -> Drawn:
        """The next mini-batch, and the states that are carried over into it."""
        steps, batch = next(self._batches)
        batch = self._with_chance(self._handed_over(batch), steps)
        return Drawn(steps, replace(batch, initial=self.past) if self.past else batch)

    def learn(self, drawn: Drawn) -> float:
        """Compute a mini-batch, and make the update."""
        part = self._part(drawn)
        program, batch = part.program, drawn.batch
        np.copyto(program.memory.theta, self.theta)
        program.load(batch)
        program.forward()
        loss = program.loss
        if isfinite(loss):
            if self.settings.training.carry_state:
                self.past = program.last_states()
            if self._readout is not None:
                return self._learn_readout(self._readout, program, drawn)
            part.backward(batch)
            np.copyto(self.gradient, program.memory.theta_gradient)
        return self.update(drawn, loss)

    def update(self, drawn: Drawn, loss: float) -> float:
        """Move θ by `gradient`, that of a mini-batch with this loss, unless either is no finite number."""
        if not self.prepare(loss):
            return inf
        self.updates.move()
        return self.finish(drawn, loss)

    def prepare(self, loss: float) -> bool:
        """Measure and clip `gradient`, that of a mini-batch with this loss; False if either is no finite number."""
        self.told = self._before_told = None
        if not isfinite(loss):
            self._diverge(self._norm)
            return False
        if self._telling:
            self._before_told = self._state()
        theta, gradient, gradient_norm = self.theta, self.gradient, self.updates.add_decay()
        np.copyto(self._gradient, gradient)
        np.copyto(self._before, theta)
        if not isfinite(gradient_norm):
            self._diverge(inf)
            return False
        self._norm = gradient_norm
        self.updates.clip(gradient_norm)
        return True

    def finish(self, drawn: Drawn, loss: float) -> float:
        """Note that θ has been moved; return the loss before it, per predicted step."""
        self.iteration += 1
        if self._before_told is not None:
            self._tell(drawn, *self._before_told)
        return loss / drawn.predicted

    def tell_next(self) -> None:
        """Have `told` what the next update is made of; None if it comes to nothing, or where it cannot be told."""
        self._telling = can_be_told(self.settings)

    @property
    def theta(self) -> Array:
        """θ, flat."""
        return self.updates.theta

    @property
    def gradient(self) -> Array:
        """The gradient, flat, of which the next update is made."""
        return self.updates.gradient

    @property
    def parameters(self) -> dict[str, Array]:
        """The parts of θ, as views."""
        return views(self.theta, {name: array.shape for name, array in self.program.memory.parameters.items()})

    @property
    def weights(self) -> Array:
        """θ, flat, copied, in float64 whatever training computes with."""
        return self.theta.astype(np.float64)

    @property
    def standing(self) -> Standing | None:
        """What there is to go on with; None where more would be needed: carried states, or what a readout sums up.

        Nor is there anything once the run has diverged, or its moments have overflowed.
        """
        moments = self.updates.moments
        broken = self.diverged or not all(np.isfinite(array).all() for array in moments.arrays.values())
        if broken or self.settings.training.carry_state or self._readout is not None:
            return None
        return Standing(0, self.iteration, self.weights, self._since, moments)

    def program_for(self, T: int, B: int, networks: int = 1) -> Program:
        """One that computes B sequences of T steps, of so many runs like this, each with its own seed."""
        dtype, weighted = dtype_of(self.settings.training), self.task.weighted
        sizes = sizes_of(self.settings, T)
        return shared_program(self._network, sizes, T, B, dtype, self._one_hot, weighted, networks)

    def goes_with(self, other: "Run") -> bool:
        """Whether both can make updates side by side: as many so far, and alike in all but the seed and their end."""
        mine, others = (replace(run.settings.training, iterations=1) for run in (self, other))
        plain = mine.truncate is None and self._readout is None
        return plain and mine == others and self.program is other.program and self.updates.count == other.updates.count

    def _state(self) -> tuple[Array, Array, Moments]:
        return self.weights, self.gradient.astype(np.float64), self.updates.moments

    def _tell(self, drawn: Drawn, theta: Array, gradient: Array, moments: Moments) -> None:
        self._telling = False
        after, used, moments_after = self._state()
        assert self._norm is not None
        update = Update(self.updates.rule, self._norm, used, moments, moments_after)
        first = drawn.batch.sequences(0, 1)
        self.told = Told(0, self.iteration, theta, after, first, drawn.steps, drawn.size, gradient, update)

    def _learn_readout(self, readout: Readout, program: Program, drawn: Drawn) -> float:
        memory = self.program.memory
        np.copyto(memory.theta, self.theta)
        np.copyto(self._before, self.theta)
        readout.learn(program, drawn.batch)
        np.copyto(self.theta, memory.theta)
        self.iteration += 1
        return program.loss / drawn.predicted

    def _part(self, drawn: Drawn) -> "_Part":
        """What computes such a mini-batch."""
        T, B = drawn.steps, drawn.size
        if (T, B) not in self._parts:
            usual, truncate = (T, B) == (self.program.T, self.program.B), self.settings.training.truncate
            program = self.program if usual else self.program_for(T, B)
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

    def _with_chance(self, batch: Batch, T: int) -> Batch:
        """The batch with coins and uniform numbers, where they are needed."""
        training, B = self.settings.training, batch.y.shape[1]
        if self.feedback is not None and self.feedback.mixed:
            probability = target_probability(training.schedule, self.iteration, training.iterations)
            batch = replace(batch, mask=target_mask(self._coins, probability, training.schedule.coin, T, B))
        if self._network.draws:
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
