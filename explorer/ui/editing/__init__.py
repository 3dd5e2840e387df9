"""Changing numbers and symbols by hand."""
