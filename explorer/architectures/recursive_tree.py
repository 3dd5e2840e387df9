"""Fig. 10.14: a tree instead of a chain, whose shape comes with each sequence; one output at its root."""

from explorer.graph.architecture import Architecture, Group
from explorer.graph.declaration import TREE, Bias, Linear, Ref, Span
from explorer.graph.parts import INPUT, layer, softmax_output
from explorer.language import tr

ARCHITECTURE = Architecture(
    id="recursive_tree",
    title=tr("Recursive tree"),
    subtitle=tr("a tree over the sequence"),
    figure="10.14",
    lesson=tr(
        "Inner nodes join two parts of the sequence by the same U and W everywhere, along a tree that each sequence "
        "brings with it, so a gradient passes only as many of them as its leaf lies below the root."
    ),
    group=Group.TREES,
    nodes=(
        INPUT,
        *layer(
            "a",
            "h",
            Bias("b"),
            Linear("V", Ref("x")),
            Linear("U", Ref("h", child=0)),
            Linear("W", Ref("h", child=1)),
            row=1,
            span=TREE,
        ),
        *softmax_output(Bias("c"), Linear("Q", Ref("h")), row=3, span=Span(last=True, tree=True)),
    ),
)
