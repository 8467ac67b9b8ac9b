"""Events of a whole country in 4,096 packs, by the last three hexadecimal digits of their keys, and what rows say by
report, ties by their first party: so few files that any host takes them, and a rewrite rule can find each.
"""

import gzip
import re
from collections.abc import Iterable, Mapping

PACKED: Mapping[str, str] = {
    "activity": "id/(?:activity/[^/]*|participation/[^/]*|contact/[^/]*)([0-9a-f]{3})(?:/.*)?",
    "entry": "id/(?:entry|cell|group|mention)/([^/]+)/.+",
}
"""Kinds that lie in packs → the pattern of their IRIs' paths; the group names the pack."""
SHOWN: Mapping[str, tuple[str, str, str]] = {
    "activity": ("id/activity/([^/]*([0-9a-f]{3}))", "event/?key=$1", "activity/$2"),
    "tie": ("id/tie/(((?:municipality|institution)/[^/]+?)--[^/]+)", "doc/tie/$1/", "tie/$2"),
}
"""Kinds in packs that people are shown a page of: the pattern of their IRIs' paths, the page, and the pack.

Ties lie together by the first of their parties, those of areas, which are few, by themselves.
"""
_TIE = re.compile("doc/" + SHOWN["tie"][0].removeprefix("id/"))
_ODD = re.compile(r"--[0-9a-f]{12}")
"""The end of a document that does not bear the key of its IRI (``documents.py``): no pattern finds its pack."""
ENDING = ".nt.gz"
_LEVEL = 6


def pack_of(document: str) -> str:
    """Return the file in which a document's statements lie, "" where it has files of its own."""
    kind, _, key = document.removeprefix("doc/").partition("/")
    if kind == "activity":
        return f"packs/activity/{key[-3:]}{ENDING}"
    if kind == "tie":
        found = _TIE.fullmatch(document)
        return f"packs/tie/{found[2]}{ENDING}" if found and not _ODD.search(document) else ""
    return f"packs/entry/{key.partition('/')[0]}{ENDING}" if kind == "entry" else ""


def packed(lines: Iterable[bytes]) -> bytes:
    """Return statements as a pack: sorted, each once, with no time in it."""
    return gzip.compress(b"".join(sorted(set(lines))), _LEVEL, mtime=0)
