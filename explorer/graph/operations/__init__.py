"""The operations, one file each: sources, value, derivatives, what stops a gradient, words and source code."""

from explorer.graph.activations import ACTIVATIONS as ACTIVATIONS
from explorer.graph.activations import FUNCTIONS as FUNCTIONS
from explorer.graph.arrays import Array as Array
from explorer.graph.arrays import Index as Index
