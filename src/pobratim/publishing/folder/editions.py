"""Versions: what a folder was made of, which number that bears, and since when."""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields, is_dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from pobratim.errors import UsageError
from pobratim.lexicon.edition import program
from pobratim.publishing.folder.source import Source
from pobratim.publishing.folder.tree import Told
from pobratim.publishing.settings import Publication
from pobratim.site.render import content_hash

FILE = "publication.json"
"""What a folder says of itself, and what the next one goes on from."""
FORMAT = 1


@dataclass(frozen=True, slots=True)
class Version:
    """A version that went out. ``added`` and ``removed`` are statements that it changed."""

    number: str
    issued: str
    added: int = 0
    removed: int = 0
    is_same_data: bool = False


@dataclass(frozen=True, slots=True)
class Since:
    """Since when there is a data set, when it changed last, and the digest of its files."""

    issued: str
    modified: str
    digest: str


@dataclass(frozen=True, slots=True)
class Former:
    """What lies in a folder already; of a folder that is new everything is empty."""

    root: Path | None = None
    fingerprint: str = ""
    data: str = ""
    base: str = ""
    versions: tuple[Version, ...] = ()
    sets: Mapping[str, Since] = field(default_factory=dict)
    files: Mapping[str, Told] = field(default_factory=dict)

    @property
    def last(self) -> Version | None:
        """Return the version that lies there."""
        return self.versions[-1] if self.versions else None

    @property
    def has_past(self) -> bool:
        """Tell whether files of earlier versions lie there."""
        return self.last is not None and has_past(self.files, self.last.number)

    def forgotten(self) -> "Former":
        """Return the same with its numbers and days, but with no file that could be taken over."""
        return replace(self, root=None, files={})


@dataclass(frozen=True, slots=True)
class Edition:
    """What is being made: ``fingerprint`` of all that goes into it, ``data`` of the graphs alone, number and day."""

    number: str
    day: date
    fingerprint: str
    data: str
    former: Former


def has_past(files: Iterable[str], number: str) -> bool:
    """Tell whether some of these files are of another version, or are what this one took away of the last."""
    own = re.escape(number)
    held = re.compile(rf"(?:dumps|tables|changes)/(?!{own}/)[^/]+/|changes/.*\.removed\.|ldes/(?!index\.|{own}-)")
    return any(held.match(path) for path in files)


def read_former(root: Path) -> Former:
    """Return what a folder says of itself. Raises UsageError for one that another program, or nobody, made."""
    file = root / FILE
    if not root.exists():
        return Former()
    if not file.is_file():
        if any(root.iterdir()):
            raise UsageError("publish-foreign", folder=root)
        return Former()
    try:
        told: dict[str, Any] = json.loads(file.read_bytes())
        if told["format"] != FORMAT:
            raise UsageError("publish-format", folder=root, found=told["format"])
        return Former(
            root,
            told["fingerprint"],
            told["data"],
            told["base"],
            tuple(Version(**each) for each in told["versions"]),
            {key: Since(**each) for key, each in told["sets"].items()},
            {path: Told(size, digest) for path, (size, digest) in told["files"].items()},
        )
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise UsageError("publish-foreign", folder=root) from error


def edition_of(source: Source, publication: Publication, former: Former, day: date) -> Edition:
    """Return what is to be made. Raises UsageError for a day before the last version."""
    data = _digest({graph: file.digest for graph, file in source.graphs.items()})
    gone = {iri: asdict(one) for iri, one in source.gone.items()}
    fingerprint = _digest([data, gone, made_by(source, publication)])
    last = former.last
    if last is not None and day.isoformat() < last.issued and fingerprint != former.fingerprint:
        raise UsageError("publish-clock", day=day.isoformat(), last=last.issued)
    return Edition(_number(former, data, source.base, fingerprint), day, fingerprint, data, former)


def made_by(source: Source, publication: Publication) -> str:
    """Return a name for all that a folder is made by, and not of: settings, program, templates, base."""
    return _digest([_plain(replace(publication, file=Path())), program(), content_hash(), source.base])


def _number(former: Former, data: str, base: str, fingerprint: str) -> str:
    """Return the number of a version: other IRIs, other data, and another description raise its three parts."""
    if former.last is None:
        return "1.0.0"
    major, minor, patch = map(int, former.last.number.split("."))
    if fingerprint == former.fingerprint and former.root is not None:
        return former.last.number
    if base != former.base:
        return f"{major + 1}.0.0"
    return f"{major}.{minor}.{patch + 1}" if data == former.data else f"{major}.{minor + 1}.0"


def _plain(value: Any) -> Any:
    """Return a value of settings as JSON has it; read-only mappings are none to ``asdict``."""
    if is_dataclass(value):
        return {one.name: _plain(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, Mapping):
        return {key: _plain(each) for key, each in value.items()}
    return [_plain(each) for each in value] if isinstance(value, tuple) else value


def since(edition: Edition, key: str, digests: Sequence[str]) -> Since:
    """Return since when a data set is there and as it is, by the digests of its files."""
    digest, day = _digest(list(digests)), edition.day.isoformat()
    known = edition.former.sets.get(key)
    if known is None:
        return Since(day, day, digest)
    return Since(known.issued, known.modified if known.digest == digest else day, digest)


def written(
    edition: Edition, source: Source, versions: Sequence[Version], sets: Mapping[str, Since], files: Mapping[str, Told]
) -> bytes:
    """Return the content of ``publication.json``."""
    told = {
        "format": FORMAT,
        "version": edition.number,
        "base": source.base,
        "fingerprint": edition.fingerprint,
        "data": edition.data,
        "versions": [asdict(each) for each in versions],
        "sets": {key: asdict(each) for key, each in sorted(sets.items())},
        "files": {path: [each.size, each.digest] for path, each in sorted(files.items())},
    }
    return (json.dumps(told, ensure_ascii=False, indent=0, separators=(",", ":")) + "\n").encode()


def _digest(told: object) -> str:
    return hashlib.sha256(json.dumps(told, sort_keys=True, ensure_ascii=False, default=str).encode()).hexdigest()
