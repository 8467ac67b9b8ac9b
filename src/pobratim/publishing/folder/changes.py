"""What a version changed: statements added and removed, part by part, and a feed of versions (Atom, RFC 4287).

The old dump without what was removed and with what was added, sorted, is the new dump byte for byte.
"""

import gzip
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from operator import itemgetter
from pathlib import Path
from xml.sax.saxutils import escape

from pobratim.publishing.folder.dumps import NAMES, of_part, part_of
from pobratim.publishing.folder.editions import Edition, Version
from pobratim.publishing.folder.tree import Tree
from pobratim.publishing.folder.words import said
from pobratim.publishing.settings import Publication
from pobratim.store.graph_files import GraphFile, merged

FOLDER = "changes"
_LEVEL = 9


@dataclass(slots=True)
class Changed:
    """How many statements are new and gone, and the IRIs that they are of."""

    added: int = 0
    removed: int = 0
    subjects: set[bytes] | None = None


def write_changes(
    tree: Tree,
    edition: Edition,
    graphs: Mapping[str, GraphFile],
    known: Mapping[str, Sequence[tuple[bool, bytes]]] | None = None,
) -> Changed:
    """Write the statements by which this version differs from the one before, and count them.

    Where the lines that differ are ``known``, by graph, no dump is read. Raises OSError.
    """
    changed = Changed(subjects=set())
    former = edition.former
    if former.root is None or former.last is None or former.last.number == edition.number:
        return changed
    for name in NAMES:
        stem = f"{FOLDER}/{edition.number}/{name}"
        if known is None:
            old = former.root / f"dumps/{former.last.number}/{name}.nq.gz"
            new = (line for piece in merged(of_part(name, graphs).values()) for line in piece.splitlines(keepends=True))
            _write_part(tree, stem, differing(unpacked(old), new), changed)
        else:
            lines = (each for graph, lines in known.items() if part_of(graph) == name for each in lines)
            _write_part(tree, stem, sorted(lines, key=itemgetter(1)), changed)
    return changed


def _write_part(tree: Tree, stem: str, lines: Iterable[tuple[bool, bytes]], changed: Changed) -> None:
    assert changed.subjects is not None
    paths = {is_new: f"{stem}.{'added' if is_new else 'removed'}.nq.gz" for is_new in (True, False)}
    counts = {True: 0, False: 0}
    with tree.place(paths[True]).open("wb") as one, tree.place(paths[False]).open("wb") as other:
        packed = {
            True: gzip.GzipFile("", "wb", _LEVEL, one, mtime=0),
            False: gzip.GzipFile("", "wb", _LEVEL, other, mtime=0),
        }
        for is_new, line in lines:
            packed[is_new].write(line)
            counts[is_new] += 1
            changed.subjects.add(line[1 : line.index(b">")])
        for each in packed.values():
            each.close()
    changed.added += counts[True]
    changed.removed += counts[False]
    for is_new, path in paths.items():
        if counts[is_new]:
            tree.take(path)
        else:
            (tree.root / path).unlink()
    if not any(counts.values()):
        with suppress(OSError):  # others lie there
            tree.place(paths[True]).parent.rmdir()
            tree.forget((tree.root / stem).parent)


def unpacked(file: Path) -> Iterator[bytes]:
    """Yield the lines of a compressed file, none where there is no file."""
    if file.is_file():
        with gzip.open(file) as lines:
            yield from lines


def differing(old: Iterable[bytes], new: Iterable[bytes]) -> Iterator[tuple[bool, bytes]]:
    """Yield the lines that only one of two sorted sequences has, each with whether it is new."""
    olds, news = iter(old), iter(new)
    one, other = next(olds, None), next(news, None)
    while one is not None or other is not None:
        if one == other:
            one, other = next(olds, None), next(news, None)
        elif other is None or (one is not None and one < other):
            assert one is not None
            yield False, one
            one = next(olds, None)
        else:
            yield True, other
            other = next(news, None)


def write_feed(tree: Tree, publication: Publication, base: str, versions: Sequence[Version]) -> None:
    """Write the versions as a feed, the newest first. Raises OSError."""
    lang, public = publication.languages[0], publication.public_url
    entries = "".join(
        _entry(version, number == 0, publication, base) for number, version in reversed(list(enumerate(versions)))
    )
    title = escape(said("log-title", lang, title=publication.title[lang]))
    author = escape(publication.publisher.name[lang])
    feed = (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{lang}">\n'
        f"<title>{title}</title>\n<id>{escape(base)}/id/catalog</id>\n"
        f'<link rel="self" href="{escape(public)}/{FOLDER}/feed.atom"/>\n<link href="{escape(public)}/{FOLDER}/"/>\n'
        f"<updated>{versions[-1].issued}T00:00:00Z</updated>\n<author><name>{author}</name></author>\n{entries}</feed>\n"
    )
    tree.put(f"{FOLDER}/feed.atom", feed.encode())


def _entry(version: Version, is_first: bool, publication: Publication, base: str) -> str:
    from pobratim.publishing.folder.catalogue import notes

    lang, public = publication.languages[0], publication.public_url
    return (
        f"<entry><title>{escape(said('log-entry', lang, version=version.number))}</title>"
        f"<id>{escape(base)}/id/catalog/version/{version.number}</id>"
        f'<link href="{escape(public)}/{FOLDER}/#{version.number}"/>'
        f"<updated>{version.issued}T00:00:00Z</updated>"
        f"<summary>{escape(notes(version, is_first)[lang])}</summary></entry>\n"
    )
