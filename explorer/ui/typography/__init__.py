"""Text, numbers and mathematics, painted and typeset."""
