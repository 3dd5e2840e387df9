"""RNN Explorer: draw, unroll, train and probe the recurrent networks of Goodfellow et al., chapter 10."""

__version__ = "0.1.0"
