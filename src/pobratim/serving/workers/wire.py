"""What web process and worker say to each other over a socket: frames of a kind, a length and a payload.

Web → worker: ``Q`` with a Task as JSON. Worker → web: ``D`` bytes of the answer, as often as needed, then ``E`` (whole)
or ``X`` with {"code", "cause"} where the query failed; before these ``L`` where this is the last task it takes.
A worker that dies says nothing: how it died says its zygote.
"""

import json
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

HEADER = struct.Struct("!cI")
TASK, DATA, END, ERROR, LEAVE = b"Q", b"D", b"E", b"X", b"L"
COUNT = "count"
"""A task's format beside ``formats.FORMATS``: the number of rows and nothing else."""
CHUNK = 65_536
"""Bytes that a worker gathers before it sends them: the engine writes pieces of 8 kB."""


@dataclass(frozen=True, slots=True)
class Task:
    """A query to run. ``format`` is one of ``formats.FORMATS``, or COUNT.

    ``bindings`` are terms in N-Triples by variable. ``default_graphs`` and ``named_graphs`` are the dataset of the
    request (None: that of the query, else all graphs).
    """

    sparql: str
    format: str
    encoding: str = ""
    bindings: dict[str, str] = field(default_factory=dict)
    default_graphs: list[str] | None = None
    named_graphs: list[str] | None = None
    lang: str = "en"
    hidden: list[str] = field(default_factory=list)
    """Columns that only repeat what was asked: workbooks leave them out."""
    base: str = ""
    """What relative IRIs in the query begin with ("": they are a syntax error)."""
    context: str = ""
    """The address of our JSON-LD context where JSON-LD is to be compact, "" where it is not."""
    seconds: float = 5.0
    answer_bytes: int = 100_000_000

    def to_bytes(self) -> bytes:
        """Return the task as a frame."""
        # Not asdict, which copies deeply; and ASCII, which the json module writes in C.
        return frame(TASK, json.dumps({name: getattr(self, name) for name in self.__slots__}).encode())


def task_of(payload: bytes) -> Task:
    """Return the task of a frame's payload."""
    return Task(**json.loads(payload))


def frame(kind: bytes, payload: bytes = b"") -> bytes:
    """Return one frame."""
    return HEADER.pack(kind, len(payload)) + payload


class Frames:
    """Takes bytes as they come and gives whole frames."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._buffer = bytearray()

    def feed(self, data: bytes) -> Iterator[tuple[bytes, bytes]]:
        """Yield kind and payload of each frame that is complete with ``data``."""
        buffer = self._buffer
        buffer += data
        position = 0
        while len(buffer) - position >= HEADER.size:
            kind, length = HEADER.unpack_from(buffer, position)
            end = position + HEADER.size + length
            if len(buffer) < end:
                break
            yield kind, bytes(buffer[position + HEADER.size : end])
            position = end
        del buffer[:position]
