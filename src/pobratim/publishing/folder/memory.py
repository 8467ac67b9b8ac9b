"""What the next publication of a folder goes on from: of what each document was made, and which pages led where.

It lies beside the folder and not in it, since it is nobody's but the program's; a folder without it, or with that of
another state, is made whole.
"""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from hashlib import blake2b, sha256
from pathlib import Path
from typing import NamedTuple

from pobratim.ground import disk
from pobratim.publishing.folder.dumps import Dump
from pobratim.publishing.folder.editions import FILE
from pobratim.publishing.folder.links import Route

_FORMAT = 6
_SIZE = 16
"""Bytes of a digest: of so many documents as a country has no two share one of 128 bits."""


class Digests(NamedTuple):
    """Of what a document tells: ``own`` of its statements, less those of partners, and what those of others are called,
    ``around`` of all these and all that points at it, ``data`` of what its files of data are made of,
    "" for what lies in a pack."""

    own: str
    around: str
    data: str


@dataclass(frozen=True, slots=True)
class Memory:
    """Of one state of a folder.

    ``key`` tells what all files are made by (program, templates, settings), ``context`` what pages say of more than
    their thing: the day that all is judged by, who is ours. ``topics`` are the documents with what each is about.
    ``led`` are the pages that the page of a document led to and that are made since it did, ``dumps`` those that lie
    there.
    """

    key: str
    context: Mapping[str, str]
    documents: Mapping[str, Digests] = field(default_factory=dict)
    topics: Mapping[str, str] = field(default_factory=dict)
    led: Mapping[str, Sequence[Route]] = field(default_factory=dict)
    dumps: Sequence[Dump] = ()

    def has_data(self, document: str, digests: Digests) -> bool:
        """Tell whether a document's files of data would be the same."""
        known = self.documents.get(document)
        return known is not None and known.data == digests.data


def digest_of(*parts: Collection[bytes]) -> str:
    """Return a digest of some lists of lines."""
    made = blake2b(digest_size=_SIZE)
    for lines in parts:
        made.update(b"%d\n" % len(lines))
        made.update(b"".join(lines))
    return made.hexdigest()


def memory_file(folder: Path) -> Path:
    """Return where the memory of a folder lies."""
    return folder.with_name(f".{folder.name}.memory")


def read_memory(folder: Path, key: str) -> Memory | None:
    """Return the memory of a folder as it is, None where there is none, of another state, or by another ``key``."""
    try:
        told = json.loads(memory_file(folder).read_bytes())
        if (told["format"], told["key"], told["of"]) != (_FORMAT, key, state_of(folder)):
            return None
        return Memory(
            key,
            told["context"],
            {document: Digests(*each) for document, each in told["documents"].items()},
            told["topics"],
            {document: [_route(each) for each in routes] for document, routes in told["led"].items()},
            [Dump(**each) for each in told["dumps"]],
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def write_memory(folder: Path, memory: Memory) -> None:
    """Keep the memory of a folder as it is now. Raises OSError."""
    told = {
        "format": _FORMAT,
        "key": memory.key,
        "of": state_of(folder),
        "context": memory.context,
        "documents": memory.documents,
        "topics": memory.topics,
        "dumps": [asdict(each) for each in memory.dumps],
        "led": {
            document: [[each.folder, each.path, each.query] for each in routes]
            for document, routes in memory.led.items()
        },
    }
    file = memory_file(folder)
    content = json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()
    disk.write_whole(file, content, file.with_name(f"{file.name}.part"))


def _route(told: Sequence[object]) -> Route:
    folder, path, query = told
    assert isinstance(query, list)
    return Route(str(folder), str(path), tuple((str(name), str(value)) for name, value in query))


def state_of(folder: Path) -> str:
    """Return a name for the state of a folder. Raises OSError."""
    return sha256((folder / FILE).read_bytes()).hexdigest()
