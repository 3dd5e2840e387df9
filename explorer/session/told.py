"""Show one iteration of a run as it was made (`show_told`): the first sequence of its mini-batch, and its update."""

from collections.abc import Mapping

from msgspec import Struct
from msgspec.structs import replace

from explorer.graph.analyse.events import list_events
from explorer.graph.analyse.trace import MiniBatch
from explorer.graph.arrays import Array
from explorer.graph.compute.memory import views
from explorer.session.document import Document, Shown, tracer_of
from explorer.session.edits import Draft
from explorer.training.messages import Told
from explorer.training.problem import architecture_of, sizes_of, task_of, trained_network
from explorer.training.settings import RunSettings
from explorer.training.truncation import borders_of


class Telling(Struct, frozen=True, eq=False):
    """An update that a run has made, and the settings of the run."""

    told: Told
    settings: RunSettings

    def parameters(self, theta: Array) -> Mapping[str, Array]:
        """A flat θ of the run by parameter, as views."""
        return views(theta, architecture_of(self.settings).shapes(sizes_of(self.settings)))

    @property
    def batch(self) -> MiniBatch:
        """What of its mini-batch is not seen in the one sequence that is shown."""
        told = self.told
        return MiniBatch(told.iteration, told.size, self.parameters(told.gradient))


def show_told(document: Document, telling: Telling) -> Shown:
    """Everything there is to see of an update: forward, loss and backward of one sequence, and θ moved by all of them.

    The numbers are those of the run: what is fed back, and what chance decided, are as it had them.
    """
    told, settings = telling.told, telling.settings
    network, task, sequence = trained_network(settings), task_of(settings), told.sequence
    sizes, borders = sizes_of(settings, told.steps), borders_of(network.architecture, settings.training, told.steps)
    tracer = tracer_of(network, tuple(sizes.items()), told.steps, task.weighted, borders=borders or ())
    after = telling.parameters(told.after)
    loss_after = tracer.trace(after, sequence).loss
    trace = replace(
        tracer.trace(telling.parameters(told.theta), sequence),
        update=told.update,
        parameters_after=after,
        loss_after=loss_after,
        mini_batch=telling.batch,
    )
    network, graph = trace.network, trace.graph
    draft = Draft(trace.parameters, task.example(document.example, told.steps), told.steps)
    events = list_events(graph, trace)
    return Shown(document, network.architecture, task, network, sizes, graph, trace, events, trace.parameters, draft)
