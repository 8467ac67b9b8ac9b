"""Events of a whole country in 4,096 packs, by the last three hexadecimal digits of their keys, people and posts by the
last two signs of theirs, what rows say by report, ties by their first party, agreements by their month: so few files
that any host takes them, and a rewrite rule can find each.
"""

import gzip
import re
from collections.abc import Callable, Iterable, Mapping

PACKED: Mapping[str, str] = {
    "activity": "id/(?:activity/[^/]*|participation/[^/]*|contact/[^/]*)([0-9a-f]{3})(?:/.*)?",
    "entry": "id/(?:entry|cell|group|mention)/([^/]+)/.+",
    "person": "id/person/[^/]*([^/]{2})",
    "post": "id/post/[^/]*([^/]{2})",
}
"""Kinds that lie in packs → the pattern of their IRIs' paths; the group names the pack."""
SHOWN: Mapping[str, tuple[str, str, str]] = {
    "activity": ("id/activity/([^/]*([0-9a-f]{3}))", "event/?key=$1", "activity/$2"),
    "tie": ("id/tie/(((?:municipality|institution)/[^/]+?)--[^/]+)", "doc/tie/$1/", "tie/$2"),
    "agreement": ("id/agreement/(([0-9]{4}(?:-[0-9]{2})?)-[^/]*)", "doc/agreement/$1/", "agreement/$2"),
}
"""Kinds in packs that people are shown a page of: the pattern of their IRIs' paths, the page, and the pack.

Ties lie together by the first of their parties, those of areas, which are few, by themselves; agreements by the month
or year that their keys begin with, those without a date by themselves.
"""
_BY_PATTERN = {kind: re.compile("doc/" + SHOWN[kind][0].removeprefix("id/")) for kind in ("tie", "agreement")}
_ODD = re.compile(r"--[0-9a-f]{12}")
"""The end of a document that does not bear the key of its IRI (``documents.py``): no pattern finds its pack."""
ENDING = ".nt.gz"
_LEVEL = 6
_NAMES: Mapping[str, Callable[[str], str]] = {
    "activity": lambda key: key[-3:],
    "entry": lambda key: key.partition("/")[0],
    "person": lambda key: key[-2:] if len(key) > 1 else "",
    "post": lambda key: key[-2:] if len(key) > 1 else "",
}
"""The same as ``PACKED`` says, of a document's key."""


def pack_of(document: str) -> str:
    """Return the file in which a document's statements lie, "" where it has files of its own."""
    kind, _, key = document.removeprefix("doc/").partition("/")
    if _ODD.search(document):
        return ""
    if kind in _BY_PATTERN:
        found = _BY_PATTERN[kind].fullmatch(document)
        return f"packs/{kind}/{found[2]}{ENDING}" if found else ""
    name = _NAMES[kind](key) if kind in _NAMES else ""
    return f"packs/{kind}/{name}{ENDING}" if name else ""


def packed(lines: Iterable[bytes]) -> bytes:
    """Return statements as a pack: sorted, each once, with no time in it."""
    return gzip.compress(b"".join(sorted(set(lines))), _LEVEL, mtime=0)
