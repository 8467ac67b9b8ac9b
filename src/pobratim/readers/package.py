"""Open parts of office packages (ECMA-376 part 2, OpenDocument part 2) without trusting sizes, archive or XML."""

import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from lxml import etree

from pobratim.readers.grid import unreadable

MAX_PART = 64_000_000
"""Bytes of a part once inflated; the example report has 0.1 million."""
MAX_RATIO = 200
"""Inflated to packed size; Word's own parts stay under 60, deflate ends at 1032."""
_RATIO_FROM = 10_000_000
_DAMAGED = (BadZipFile, zlib.error, EOFError, struct.error, NotImplementedError, OverflowError, ValueError)
_MAIN = "word/document.xml"


def main_part(data: bytes, file: str) -> etree._Element:
    """Return the root element of the document part that the package's relations name.

    Raises UnreadableDocumentError for a damaged, encrypted, oversized or foreign archive and for unsafe or
    broken XML.
    """
    with _archive(data, file) as archive:
        return _part(archive, _main_name(archive, file), file)


def content_part(data: bytes, file: str) -> etree._Element:
    """Return the root element of an OpenDocument package's content.xml. Raises as ``main_part``."""
    with _archive(data, file) as archive:
        if "manifest:algorithm-name" in _head(archive, "META-INF/manifest.xml", file):
            raise unreadable("reader-unsupported", file, kind="OpenDocument, password-protected")
        return _part(archive, "content.xml", file)


def part_bytes(archive: ZipFile, name: str, file: str) -> bytes:
    """Return a part of an open package. Raises UnreadableDocumentError where it would not be safe to unpack."""
    return _inflate(archive, name, file)


def parse_part(xml: bytes, file: str) -> etree._Element:
    """Return the root element of a part. Raises UnreadableDocumentError for unsafe or broken XML."""
    return _parse(xml, file)


def check_sizes(data: bytes, file: str) -> None:
    """Raise UnreadableDocumentError where a part of a package would not be safe to unpack."""
    with _archive(data, file) as archive:
        for info in archive.infolist():
            _inflate(archive, info.filename, file)


@contextmanager
def _archive(data: bytes, file: str) -> Iterator[ZipFile]:
    try:
        with ZipFile(BytesIO(data)) as archive:
            yield archive
    except _DAMAGED as error:
        raise unreadable("reader-damaged-archive", file) from error
    except RuntimeError as error:  # zipfile says so of an encrypted member
        raise unreadable("reader-unsupported", file, kind="ZIP, password-protected") from error


def _part(archive: ZipFile, name: str, file: str) -> etree._Element:
    if name not in archive.namelist():
        raise unreadable("reader-no-main-part", file)
    return _parse(_inflate(archive, name, file), file)


def _head(archive: ZipFile, name: str, file: str) -> str:
    return _inflate(archive, name, file).decode("utf-8", "replace") if name in archive.namelist() else ""


def _main_name(archive: ZipFile, file: str) -> str:
    if "_rels/.rels" not in archive.namelist():
        return _MAIN
    for relation in _parse(_inflate(archive, "_rels/.rels", file), file):
        if relation.get("Type", "").endswith("/officeDocument"):
            return str(relation.get("Target", _MAIN)).lstrip("/")
    return _MAIN


def _inflate(archive: ZipFile, name: str, file: str) -> bytes:
    info = archive.getinfo(name)
    bomb = info.file_size > _RATIO_FROM and info.file_size > MAX_RATIO * info.compress_size
    if bomb or info.file_size > MAX_PART:
        raise unreadable("reader-zip-bomb", file, size=info.file_size // 1_000_000)
    with archive.open(info) as part:
        return part.read(MAX_PART)


def _parse(xml: bytes, file: str) -> etree._Element:
    if b"<!DOCTYPE" in xml:
        raise unreadable("reader-doctype", file)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(xml, parser)
    except etree.XMLSyntaxError as error:
        raise unreadable("reader-damaged-xml", file, cause=error.msg) from error
    if root.getroottree().docinfo.doctype:  # one written in UTF-16 is not seen above
        raise unreadable("reader-doctype", file)
    return root
