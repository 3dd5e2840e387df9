"""The runs that are kept, alone and put together, what they learned, and stories about them."""
