"""Turn what is computed into files of other kinds: derivations, programs, tables, drawings. No Qt."""
