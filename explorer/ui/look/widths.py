"""Widths, in px, on which the window and what stands in it agree; apart, as the frame is there before all else."""

LEAST_GRAPH = 286
"""Of the graph, and of what stands above and below it."""
STACKED = 680
"""Below which the stepper takes two rows."""
