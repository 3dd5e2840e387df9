"""Read and write files: cases, curves. Nothing is ever left half written."""
