"""Events of a whole country in 4,096 packs, by the last three hexadecimal digits of their keys, and what rows say by
report: so few files that any host takes them, and a rewrite rule can find each.
"""

import gzip
from collections.abc import Iterable, Mapping

PACKED: Mapping[str, str] = {
    "activity": "id/(?:activity/[^/]*|participation/[^/]*|contact/[^/]*)([0-9a-f]{3})(?:/.*)?",
    "entry": "id/(?:entry|cell|group|mention)/([^/]+)/.+",
}
"""Kinds that lie in packs → the pattern of their IRIs' paths; the group names the pack."""
ENDING = ".nt.gz"
_LEVEL = 6


def pack_of(document: str) -> str:
    """Return the file in which a document's statements lie, "" where it has files of its own."""
    kind, _, key = document.removeprefix("doc/").partition("/")
    if kind == "activity":
        return f"packs/activity/{key[-3:]}{ENDING}"
    return f"packs/entry/{key.partition('/')[0]}{ENDING}" if kind == "entry" else ""


def packed(lines: Iterable[bytes]) -> bytes:
    """Return statements as a pack: sorted, each once, with no time in it."""
    return gzip.compress(b"".join(sorted(set(lines))), _LEVEL, mtime=0)
