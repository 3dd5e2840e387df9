"""Know an array by its name: those of the book, of PyTorch's state_dict, of Keras, and of scripts (`recognised`)."""

import re
from collections.abc import Iterable

from msgspec import Struct

from explorer.files.weights.embedding import is_embedding
from explorer.files.weights.found import Arrays
from explorer.files.weights.places import ParameterPlace, as_keras, output_bias, output_place, stack_place
from explorer.graph.architecture import Architecture
from explorer.graph.stacked import Stacked
from explorer.language import tr

_TORCH = re.compile(r"(?:.*\.)?(weight|bias)_(ih|hh)(?:_l(\d+)(_reverse)?)?")
_TORCH_LINEAR = re.compile(r"(?:(.*)\.)?(weight|bias)")
_KERAS = re.compile(r"(?:(.*)/)?(kernel|recurrent_kernel|bias)(?::0)?(\[[01]\])?")
_STATE = re.compile(r"(?:.*[./])?([ahcs])(?:_?0|_?prev|_?init)")
_STATES = {"a": "h", "c": "s"}
"""What others call h, and the state of an LSTM's cell."""
_SCRIPT = {
    **dict.fromkeys(("wxh", "whx", "wih", "wax", "wx", "win", "u"), "U"),
    **dict.fromkeys(("whh", "waa", "wh", "wrec", "w"), "W"),
    **dict.fromkeys(("why", "wyh", "who", "wya", "wy", "wout", "v"), "V"),
    **dict.fromkeys(("bh", "ba", "bx", "b"), "b"),
    **dict.fromkeys(("by", "bo", "bout", "c"), "c"),
}
"""Names in scripts such as min-char-rnn, without their underlines."""


class Known(Struct, frozen=True):
    """What a name tells: the place, whether the array is the transpose of what stands there, and whose name it is.

    `place` None: it goes nowhere, for what `whose` says. `transposed` None: that does not follow from the name.
    """

    place: ParameterPlace | None
    transposed: bool | None
    whose: str


def recognised(arrays: Arrays, architecture: Architecture) -> dict[str, Known]:
    """What the names of arrays tell, for this network; the others are left out."""
    found, gates = _keras(arrays, architecture), cells(arrays)
    for name in arrays.keys() - found.keys():
        if is_embedding(name):
            continue
        known = _book(name, architecture) or _torch(name, architecture, gates) or _script(name, architecture)
        if known is not None:
            found[name] = known
    return found


def cells(arrays: Arrays) -> int:
    """How many gates a layer has by these names: 1, 3 for a GRU, 4 for an LSTM; 0 if no name tells."""
    for name, array in arrays.items():
        torch, keras = _TORCH.fullmatch(name), _KERAS.fullmatch(name)
        if torch and torch[1] == "weight" and torch[2] == "hh" and array.ndim == 2:
            return int(array.shape[0] // max(1, array.shape[1]))
        if keras and keras[2] == "recurrent_kernel" and array.ndim == 2:
            return int(array.shape[1] // max(1, array.shape[0]))
    return 0


def is_state(name: str) -> bool:
    """Whether a name is that of a state before the first step, as h0, h_0 or hprev."""
    return _STATE.fullmatch(name) is not None


def state_of(name: str, architecture: Architecture) -> str | None:
    """Of which node of a network it is that, by the book's name or that of others: a for h, c for an LSTM's s."""
    found = _STATE.fullmatch(name)
    letter = found[1] if found else ""
    read = {ref.name for ref in architecture.refs if ref.lag > 0} & {*architecture.states}
    return next((state for state in (letter, _STATES.get(letter)) if state in read), None)


def apart(arrays: Arrays) -> Arrays:
    """The arrays with the two biases of Keras's GRU, which are rows of one array, as two."""
    found = dict[str, object]()
    for name, array in arrays.items():
        match = _KERAS.fullmatch(name)
        if match and match[2] == "bias" and array.ndim == 2 and array.shape[0] == 2:
            found |= {f"{name}[{row}]": array[row] for row in (0, 1)}
        else:
            found[name] = array
    return found  # type: ignore[return-value]


def _book(name: str, architecture: Architecture) -> Known | None:
    return _own(re.split(r"[./]", name)[-1], architecture, tr("the book's name"))


def _torch(name: str, architecture: Architecture, gates: int) -> Known | None:
    match = _TORCH.fullmatch(name)
    if match:
        kind, of, layer, reverse = match.groups("")
        place = _stack_place(architecture, architecture.stacks, f"{kind}_{of}_l{layer or 0}{reverse}", gates)
        return Known(place, False, tr("PyTorch's name")) if place else None
    match = _TORCH_LINEAR.fullmatch(name)
    if match is None:
        return None
    place = output_place(architecture) if match[2] == "weight" else output_bias(architecture)
    return Known(place, False, tr("PyTorch's name of a layer")) if place else None


def _script(name: str, architecture: Architecture) -> Known | None:
    return _own(named_in_scripts(name), architecture, tr("a name as in scripts"))


def named_in_scripts(name: str) -> str | None:
    """The parameter that is called so in scripts, whether a network has it or not."""
    return _SCRIPT.get(re.split(r"[./]", name)[-1].lower().replace("_", ""))


def _own(parameter: str | None, architecture: Architecture, whose: str) -> Known | None:
    """What the name of one parameter tells, if the network has it."""
    known = any(parameter == own.name for own in architecture.parameters)
    return Known(ParameterPlace((parameter,)), None, whose) if parameter and known else None


def _keras(arrays: Arrays, architecture: Architecture) -> dict[str, Known]:
    """Layers are counted in the order in which they stand in the file; one that has no state is the output's.

    The biases of a GRU tell where its reset gate acts, before the matrix or after it; without them it is as here.
    """
    matches = {name: match for name in arrays if (match := _KERAS.fullmatch(name))}
    recurrent = list(dict.fromkeys(m[1] for m in matches.values() if m[2] == "recurrent_kernel"))
    found, gates, whose = {}, cells(arrays), tr("Keras's name")
    stacks, after = architecture.stacks or architecture.keras_stacks, not architecture.keras_stacks
    biases = [match[3] for match in matches.values() if match[1] in recurrent and match[2] == "bias"]
    other = gates == 3 and bool(biases) and any(biases) != after
    if gates == 3 and not biases:
        whose = tr("Keras's name, read as of reset_after={value}", value=after)
    for name, match in matches.items():
        _, kind, row = match.groups("")
        if match[1] not in recurrent:
            place = output_bias(architecture) if kind == "bias" else output_place(architecture)
        else:
            stack = {"kernel": "weight_ih", "recurrent_kernel": "weight_hh", "bias": "bias_ih"}[kind]
            stack = "bias_hh" if row == "[1]" else stack
            place = _stack_place(architecture, stacks, f"{stack}_{_suffix(match[1], recurrent)}", gates)
            if place and other:
                why = tr("not used: of a GRU with reset_after={value}, unlike that here", value=not after)
                found[name] = Known(None, None, why)
                continue
            place = place and ParameterPlace(as_keras(place.parts))
        if place:
            found[name] = Known(place, kind != "bias", whose)
    return found


def _stack_place(architecture: Architecture, stacks: Iterable[Stacked], name: str, gates: int) -> ParameterPlace | None:
    """Where PyTorch's array of this name goes; None if the layer there has not so many gates, unless none are known."""
    place = stack_place(architecture, stacks, name)
    return place if place and gates in (0, len(place.parts)) else None


def _suffix(layer: str, layers: Iterable[str]) -> str:
    """What PyTorch calls a recurrent layer: l0, l1, and l0_reverse for one that runs backward in time."""
    backward = [other for other in layers if "backward" in other]
    forward = [other for other in layers if other not in backward]
    return f"l{backward.index(layer)}_reverse" if layer in backward else f"l{forward.index(layer)}"
