"""What comes from the data: x and y."""

from explorer.graph.operations.base import Operation


class Given(Operation, frozen=True):
    """A node whose value comes from the data: x and y."""

    given = True

    def forward(self, at: object) -> None:
        """Nothing is computed."""
