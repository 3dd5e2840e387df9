"""How far gradients reach, along which path, and round which loop."""
