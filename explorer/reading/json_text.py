"""Read JSON that people may have written: `decode_json` refuses what would be passed over in silence."""

import json
from typing import Any

import msgspec

from explorer.language import tr

NOT_JSON = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)
"""What is raised by JSON that cannot be read; `json_faults.in_words` says each in a clause."""


def decode_json(content: bytes, type: Any = Any) -> Any:
    """What JSON says, as `type`; raises NOT_JSON, also where an object has a key twice, and the first would be lost."""
    found = msgspec.json.decode(content, type=type)
    json.loads(content, parse_int=float, object_pairs_hook=_keys_once)  # int would refuse very many digits
    return found


def _keys_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict[str, Any]()
    for key, value in pairs:
        if key in found:
            raise msgspec.ValidationError(tr("it has “{key}” twice in one place; keep one of them", key=key))
        found[key] = value
    return found
