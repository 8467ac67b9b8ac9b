"""Open the main part of an Office package (ECMA-376 part 2) without trusting its sizes, archive or XML."""

import struct
import zlib
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
    try:
        with ZipFile(BytesIO(data)) as archive:
            name = _main_name(archive, file)
            if name not in archive.namelist():
                raise unreadable("reader-no-main-part", file)
            return _parse(_inflate(archive, name, file), file)
    except _DAMAGED as error:
        raise unreadable("reader-damaged-archive", file) from error
    except RuntimeError as error:  # zipfile says so of an encrypted member
        raise unreadable("reader-unsupported", file, kind="ZIP, password-protected") from error


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
