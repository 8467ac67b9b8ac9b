"""Documents as they must not be: the fixtures of every format, damaged in the ways of offices and networks."""

import random
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo

from tests.support.places import FIXTURES

FOLDER = FIXTURES / "documents"
SEED = 20260101

Mutation = Callable[[bytes, random.Random], bytes]


def _truncated(data: bytes, chance: random.Random) -> bytes:
    return data[: chance.randrange(1, len(data))]


def _beheaded(data: bytes, chance: random.Random) -> bytes:
    return data[chance.randrange(1, len(data)) :]


def _flipped(data: bytes, chance: random.Random) -> bytes:
    result = bytearray(data)
    for _ in range(chance.randrange(1, 60)):
        result[chance.randrange(len(result))] = chance.randrange(256)
    return bytes(result)


def _shuffled(data: bytes, chance: random.Random) -> bytes:
    size = max(1, len(data) // 12)
    blocks = [data[start : start + size] for start in range(0, len(data), size)]
    chance.shuffle(blocks)
    return b"".join(blocks)


def _doubled(data: bytes, chance: random.Random) -> bytes:
    place = chance.randrange(len(data))
    return data[:place] + data[place // 2 :]


def _zeroed(data: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(data))
    length = chance.randrange(1, 2_000)
    return data[:start] + b"\0" * length + data[start + length :]


def _spliced(data: bytes, chance: random.Random) -> bytes:
    other = (FOLDER / chance.choice(names())).read_bytes()
    return data[: chance.randrange(1, len(data))] + other[chance.randrange(1, len(other)) :]


def _repacked(data: bytes, chance: random.Random) -> bytes:
    """Damage the parts inside a package and pack them again; what is no package is damaged as it stands."""
    try:
        with ZipFile(BytesIO(data)) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
    except BadZipFile:
        return _flipped(_doubled(data, chance), chance)
    damaged = chance.choice([name for name in parts if parts[name]])
    if chance.random() < 0.3:
        del parts[damaged]
    else:
        parts[damaged] = chance.choice((_truncated, _flipped, _shuffled, _zeroed))(parts[damaged], chance)
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(ZipInfo(name), part, ZIP_DEFLATED)  # without the clock's time: always the same
    return buffer.getvalue()


MUTATIONS: tuple[Mutation, ...] = (
    _truncated, _beheaded, _flipped, _shuffled, _doubled, _zeroed, _spliced, _repacked,
)  # fmt: skip


def names() -> list[str]:
    """Return the fixtures' names."""
    return sorted(path.name for path in FOLDER.iterdir() if path.name != "README.md")


def mutated(rounds: int) -> Iterator[tuple[str, bytes]]:
    """Yield (file name, bytes): every fixture in every mutation, half of them renamed; always the same."""
    chance = random.Random(SEED)
    suffixes = [Path(name).suffix for name in names()]
    for turn in range(rounds):
        for name in names():
            data = (FOLDER / name).read_bytes()
            for mutation in MUTATIONS:
                suffix = Path(name).suffix if chance.random() < 0.5 else chance.choice(suffixes)
                label = f"{Path(name).stem}-{Path(name).suffix[1:]}-{mutation.__name__.strip('_')}-{turn}{suffix}"
                yield label, mutation(data, chance)
