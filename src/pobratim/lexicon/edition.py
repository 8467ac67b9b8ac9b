"""The edition: a name for everything that the reading of a document depends on besides the document.

Two runs of one edition make the same records of the same bytes. It is a hash over the modules of this package, the
files of ontology/ and the versions of the libraries that reading uses. What does *not* count is listed, so that
whatever is added counts. A source.yml has an edition of its own (``Source.edition``).
"""

import hashlib
import unicodedata
from collections.abc import Iterator
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from pobratim.content import content_root

_PACKAGE = Path(__file__).parents[1]
AFTER_READING = frozenset(
    """
    __init__ __main__ cli compare content editing errors evaluate explore frames messages network papers progress
    publishing quality query rdf resolve search serving site sparql store tables templating ties lexicon/edition
    load/account load/assessment load/build load/deciding load/preview_words load/built load/departing load/growing
    load/intake load/journal load/loaded load/memory load/pipeline load/plan load/preview load/report
    load/report_files load/rereading load/resolving load/settings load/ties load/touched load/trial load/unchanged
    load/violations load/withdrawing load/workers load/workshop
    ground/disk ground/sorted_lines names/abbreviations names/comparing names/features
    names/normalisation names/short names/similarity names/telling names/wordings text/xml_text extract/name_class
    """.split()  # noqa: SIM905
)
"""The modules and rooms that come into play only when a document has been read, or say nothing about its meaning."""
NOT_READ = frozenset(
    """
    README.md context.jsonld country-links.tsv examples municipal-codes.tsv pobratim.ttl quality-metrics.ttl shapes.ttl
    """.split()  # noqa: SIM905
)
"""What of ontology/ serves what comes after the records."""
LIBRARIES = (
    "iuliia", "lxml", "numpy", "olefile", "pillow", "pymorphy3", "pymorphy3-dicts-ru", "pypdfium2", "python-calamine",
    "pyyaml", "rapidfuzz", "scipy", "selectolax", "tantivy",
)  # fmt: skip
"""Distributions whose next version may read the same bytes otherwise."""


@cache
def edition() -> str:
    """Return the edition of the program that runs: 16 hexadecimal digits."""
    return edition_of(_PACKAGE, content_root())


@cache
def program() -> str:
    """Return a name for all of the program, of ontology/ and queries/: what is made by another may differ."""
    digest = hashlib.sha256(edition().encode())
    folders = (_PACKAGE, content_root() / "ontology", content_root() / "queries")
    files = {file for folder in folders for file in folder.rglob("*") if file.suffix in (".py", ".ttl", ".tsv", ".rq")}
    for file in sorted(files):
        digest.update(file.read_bytes().replace(b"\r\n", b"\n"))
    return digest.hexdigest()[:16]


def edition_of(package: Path, content: Path) -> str:
    """Return the edition of a package folder and a folder of content (which holds ``ontology/``)."""
    digest = hashlib.sha256()
    for name, data in _parts(package, content):
        digest.update(f"{name} {len(data)}\n".encode())
        digest.update(data)
    return digest.hexdigest()[:16]


def modules(package: Path) -> list[Path]:
    """Return the modules that reading may depend on, sorted."""
    return [file for file in sorted(package.rglob("*.py")) if not _is_after(file.relative_to(package))]


def contents(content: Path) -> list[Path]:
    """Return the files of ontology/ that reading may depend on, sorted."""
    folder = content / "ontology"
    return [
        file
        for file in sorted(folder.rglob("*"))
        if file.is_file()
        and file.relative_to(folder).parts[0] not in NOT_READ
        and not any(part.startswith(".") for part in file.relative_to(folder).parts)
    ]


def _is_after(file: Path) -> bool:
    name = file.with_suffix("")
    return name.parts[0] in AFTER_READING or name.as_posix() in AFTER_READING


def _parts(package: Path, content: Path) -> Iterator[tuple[str, bytes]]:
    for root, files in ((package, modules(package)), (content, contents(content))):
        # A checkout under Windows may have other line ends, which change nothing.
        yield from ((file.relative_to(root).as_posix(), file.read_bytes().replace(b"\r\n", b"\n")) for file in files)
    yield "unicode", unicodedata.unidata_version.encode()
    for name in LIBRARIES:
        yield name, _version(name).encode()


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""
