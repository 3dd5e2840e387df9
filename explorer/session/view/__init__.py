"""What is seen of what is shown: from which step on, and what is lit."""
