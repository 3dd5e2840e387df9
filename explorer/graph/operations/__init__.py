"""The operations, one file each: sources, value, derivatives, what stops a gradient, words and source code."""
