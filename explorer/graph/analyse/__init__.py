"""Ask what was computed: the trace with its events, where gradients flow, reach, spectrum, finite differences."""
