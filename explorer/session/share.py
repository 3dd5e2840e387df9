"""Write a document as one line of text to paste into a chat, and read it back: `line_of`, `shared`.

The line holds every setting, the seed, the plan and the edits by hand, and so gives the same numbers. It holds no
weights other than these lead to, and no runs: training them again gives the same curves.
"""

import re
import zlib
from base64 import b64decode, b64encode
from binascii import Error as NoBase64

import msgspec

from explorer.errors import ExplorerError
from explorer.language import tr
from explorer.session.document import Document
from explorer.session.files import VERSION, read_saved

LONGEST = 2000
"""Characters of a line: what goes into one message of any chat."""
_UNPACKED = 2**20
_LONGEST_TEXT = 100_000
_LINE = re.compile(r"rnnx(\d{1,3}):([A-Za-z0-9+/=\s]*)")

_USUAL = (
    b'{"type":"number","type":"initial","name":"h","unit":0,"type":"target","t":1,"symbol":1},{"type":"input","t":2,'
    b'"step":0},{"type":"weight","name":"V","name":"U","name":"W","index":[0,0],"value":1.0}],"test_time":true,'
    b'"optimizer":"sgd","learning_rate":0.1,"edits":[{"feedback":"free_running_yhat","fed_target":[true,false],'
    b'"feedback":null,"task":{"id":"next_symbol","options":{"text":"hello"}},"delayed_echo","options":{"k":2}},'
    b'"network":{"architecture":"hidden_to_hidden","hidden":4,"activation":"relu","lstm","gru","sequence_to_one",'
    b'{"network":{"architecture":"output_to_hidden","hidden":8,"activation":"tanh","lag":3,"choices":{}},"task":{"id":'
    b'"running_parity","options":{}},"length":6,"seed":7,"example":0,"typed":"","feedback":"teacher_forcing",'
    b'"fed_target":[],"optimizer":null,"learning_rate":null,"edits":[],"test_time":false,"plan":{"modes":['
    b'"teacher_forcing","free_running_yhat"],"seeds":1,"training":{"optimizer":"adam","learning_rate":0.02,"momentum":'
    b'0.9,"batch":32,"iterations":500,"stop_below":null,"clip_norm":null,"l2":0.0,"truncate":null,"carry_state":false,'
    b'"initial_scale":1.0,"schedule":{"kind":"linear","start":1.0,"end":0.0,"over":null,"k":null,"coin":"step"},'
    b'"evaluate_every":10,"evaluation_batch":256,"own_output":"test"}},"version":4}'
)
"""What documents are much alike in, so that lines are short. Lines that were shared need it as it is, for ever."""


def line_of(document: Document) -> str:
    """The document as a line; ExplorerError if it is longer than LONGEST, as with a text or much edited by hand."""
    text = msgspec.json.encode(msgspec.structs.asdict(document) | {"version": VERSION})
    packer = zlib.compressobj(9, zdict=_USUAL)
    packed = packer.compress(text) + packer.flush()
    line = f"rnnx{VERSION}:{b64encode(packed).decode().rstrip('=')}"
    if len(line) > LONGEST:
        raise ExplorerError(
            "This would be a line of {line:,} characters, more than the {most:,} that fit into a message; save it as "
            "a file and send that.",
            line=len(line),
            most=LONGEST,
        )
    return line


def is_shared(text: str) -> bool:
    """Whether there seems to be such a line in a text."""
    return len(text) <= _LONGEST_TEXT and _LINE.search(text) is not None


def shared(text: str) -> Document:
    """The document of the line in a text, whatever stands around it; ExplorerError if there is none, or it is damaged.

    Spaces and line ends that a chat has put into it are passed over.
    """
    found = _LINE.search(text) if is_shared(text) else None
    if found is None:
        raise ExplorerError(
            "There is no shared line in this text; one begins with rnnx{version}: and letters follow.", version=VERSION
        )
    if int(found[1]) > VERSION:
        raise ExplorerError("This line was shared by a later version of RNN Explorer; open it with that one.")
    words = found[2].split()
    content = next(filter(None, map(_unpacked, (words[0] if words else "", "".join(words)))), None)
    if content is None:
        raise ExplorerError("This shared line is cut off or changed; copy the whole of it again.")
    return read_saved(content, tr("This line holds no document"), tr("This line was shared")).document


def _unpacked(letters: str) -> bytes | None:
    """What was packed; None for what is no whole line."""
    letters = letters.rstrip("=")
    unpacker = zlib.decompressobj(zdict=_USUAL)
    try:
        content = unpacker.decompress(b64decode(letters + "=" * (-len(letters) % 4), validate=True), _UNPACKED)
    except (NoBase64, ValueError, zlib.error):
        return None
    return content if unpacker.eof else None
