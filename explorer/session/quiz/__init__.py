"""Questions about the next event, each with its answer and the reason."""
