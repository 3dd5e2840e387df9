"""Write what was computed to files: traces, curves, figures. Nothing is ever left half written."""
