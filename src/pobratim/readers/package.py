"""Open parts of office packages (ECMA-376 part 2, OpenDocument part 2) without trusting sizes, archive or XML."""

import base64
import binascii
import posixpath
import struct
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from zipfile import BadZipFile, ZipFile, is_zipfile

from lxml import etree

from pobratim.errors import UnreadableDocumentError
from pobratim.readers.grid import unreadable

MAX_PART = 64_000_000
"""Bytes of a part once inflated; the example report has 0.1 million."""
MAX_RATIO = 200
"""Inflated to packed size; Word's own parts stay under 60, deflate ends at 1032."""
_RATIO_FROM = 10_000_000
_DAMAGED = (BadZipFile, zlib.error, EOFError, struct.error, NotImplementedError, OverflowError, ValueError)
_MAIN = "word/document.xml"
_TOLD = 1_000
_FLAT = "{http://schemas.microsoft.com/office/2006/xmlPackage}"


@dataclass(frozen=True, slots=True)
class Relation:
    """What a part refers to: the last word of the relation's type, and the part's name or (``outside``) address."""

    kind: str
    target: str
    outside: bool = False


class Package:
    """The parts of an office document, in a zip archive. Names are told without case, with slashes of either kind.

    All methods raise UnreadableDocumentError for a part that is damaged, oversized or unsafe.
    """

    def __init__(self, archive: ZipFile, file: str) -> None:
        """Take an open archive; ``file`` names the document in messages."""
        self._archive = archive
        self.file = file
        self.names: Mapping[str, str] = {part_name(info.filename): info.filename for info in archive.infolist()}

    def read(self, name: str) -> bytes | None:
        """Return a part's bytes, None if there is no such part."""
        own = self.names.get(part_name(name))
        return None if own is None else _inflate(self._archive, own, self.file)

    def tree(self, name: str) -> etree._Element | None:
        """Return the root element of an XML part, None if there is no such part."""
        data = self.read(name)
        return None if data is None else parse(data, self.file)

    def main_name(self) -> str:
        """Return the name of the document part that the package's relations name."""
        relations = self.relations("").values()
        return next((one.target for one in relations if one.kind == "officeDocument"), _MAIN)

    def main(self) -> etree._Element:
        """Return the root element of the document part; one that is missing is an error."""
        root = self.tree(self.main_name())
        if root is None:
            raise unreadable("reader-no-main-part", self.file)
        return root

    def relations(self, name: str) -> dict[str, Relation]:
        """Return what a part ("" for the package) refers to, by id."""
        folder, own = posixpath.split(name)
        root = self.tree(posixpath.join(folder, "_rels", f"{own}.rels"))
        result = {}
        for one in root if root is not None else ():
            if isinstance(one.tag, str):
                outside = one.get("TargetMode") == "External"
                target = one.get("Target", "")
                path = target if outside else part_name(posixpath.normpath(posixpath.join("/", folder, target)))
                result[one.get("Id", "")] = Relation(one.get("Type", "").rpartition("/")[2], path, outside)
        return result


class FlatPackage(Package):
    """A package that is one XML file (flat OPC), as Word saves it and programs send it."""

    def __init__(self, root: etree._Element, file: str) -> None:
        """Take the root element."""
        self.file = file
        self._parts = {part_name(part.get(f"{_FLAT}name", "")): part for part in root.iterchildren(f"{_FLAT}part")}
        self.names = {name: name for name in self._parts}

    def read(self, name: str) -> bytes | None:
        """Return a part's bytes, None if there is no such part."""
        part = self._parts.get(part_name(name))
        if part is None:
            return None
        tree = self.tree(name)
        if tree is not None:
            return bytes(etree.tostring(tree))
        try:
            return base64.b64decode(part.findtext(f"{_FLAT}binaryData", ""))
        except binascii.Error as error:
            raise unreadable("reader-damaged-xml", self.file, cause=str(error)) from error

    def tree(self, name: str) -> etree._Element | None:
        """Return the root element of an XML part, None if there is no such part."""
        part = self._parts.get(part_name(name))
        return None if part is None else next(iter(part.iterfind(f"{_FLAT}xmlData/*")), None)


def part_name(name: str) -> str:
    """Return a member's name as packages compare them: lower case, slashes, none before it."""
    return name.replace("\\", "/").lstrip("/").lower()


def is_archive(data: bytes) -> bool:
    """Tell whether ``data`` is an archive, be it damaged or behind other bytes, and not a text."""
    return data.startswith(b"PK") or is_zipfile(BytesIO(data))


@contextmanager
def opened(data: bytes, file: str) -> Iterator[Package]:
    """Yield the package in an archive. Raises UnreadableDocumentError for one that is damaged or encrypted."""
    with _archive(data, file) as archive:
        yield Package(archive, file)


def directory(data: bytes) -> dict[str, str] | None:
    """Return the members of an archive by ``part_name``, None for what is no whole archive.

    What tells the kind of a package stands with its member: for ``mimetype`` its text (or what the manifest says),
    for ``_rels/.rels`` the main part.
    """
    told: dict[str, str] = {}
    try:
        with ZipFile(BytesIO(data)) as archive:
            package = Package(archive, "")
            told.update(dict.fromkeys(package.names, ""))
            told.update(_telling(package))
    except UnreadableDocumentError:
        return told  # of a part: whoever reads it says so
    except (*_DAMAGED, RuntimeError):
        return told or None
    return told


def _telling(package: Package) -> Iterator[tuple[str, str]]:
    if "mimetype" in package.names:
        yield "mimetype", (package.read("mimetype") or b"")[:_TOLD].decode("ascii", "replace").strip()
    elif "meta-inf/manifest.xml" in package.names:
        yield "mimetype", _media_type(package)
    if "_rels/.rels" in package.names:
        yield "_rels/.rels", part_name(package.main_name())


def part_bytes(archive: ZipFile, name: str, file: str) -> bytes:
    """Return a part of an open package. Raises UnreadableDocumentError where it would not be safe to unpack."""
    return _inflate(archive, name, file)


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
        raise unreadable("reader-password", file, kind="ZIP") from error


def _media_type(package: Package) -> str:
    """Return the kind of an OpenDocument package without a member that tells it ("" if its manifest says none)."""
    for entry in package.tree("META-INF/manifest.xml") or ():
        told = {key.rpartition("}")[2]: value for key, value in entry.attrib.items()}
        if told.get("full-path") == "/":
            return str(told.get("media-type", ""))
    return ""


def _inflate(archive: ZipFile, name: str, file: str) -> bytes:
    info = archive.getinfo(name)
    bomb = info.file_size > _RATIO_FROM and info.file_size > MAX_RATIO * info.compress_size
    if bomb or info.file_size > MAX_PART:
        raise unreadable("reader-zip-bomb", file, size=info.file_size // 1_000_000)
    with archive.open(info) as part:
        return part.read(MAX_PART)


def parse(xml: bytes, file: str) -> etree._Element:
    """Return the root element of an XML text. Raises UnreadableDocumentError where it is broken or has a DOCTYPE."""
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
