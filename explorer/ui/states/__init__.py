"""The card on hidden states: many of them in a plane, where inputs move them, and the machine that they form."""
