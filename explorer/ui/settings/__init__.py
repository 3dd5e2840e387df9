"""The settings of a document."""
