"""Say what was computed: the equation of every event with symbols, shapes and numbers, and where the book has it."""
