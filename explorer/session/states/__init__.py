"""See the hidden state: those of many sequences, in a plane, where inputs move them, and the machine that they form."""
