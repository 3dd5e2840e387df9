"""The equation of an event, its numbers, and the account of a gradient."""
