"""Weights from other programs: read the arrays of a file, find out which parameter each is, write them for others."""
