"""The terms of a sum, one file each: value, derivatives, words and source code."""
