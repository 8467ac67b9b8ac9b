"""Tell a document's format by its bytes: packages and compound files by their directory, the rest by how they begin."""

import re
import struct
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE

from lxml import etree

from pobratim.readers.compound import SIGNATURE, CompoundFile
from pobratim.readers.encoding import is_text
from pobratim.readers.package import directory

_SIGNATURES = (
    (b"%PDF", "pdf"),
    (b"{\\rtf", "rtf"),
    (b"\x89PNG", "picture"),
    (b"\xff\xd8\xff", "picture"),
    (b"GIF8", "GIF"),
    (b"II*\0", "picture"),
    (b"MM\0*", "picture"),
    (b"AT&TFORM", "DjVu"),
    (b"7z\xbc\xaf", "7-Zip"),
    (b"Rar!", "RAR"),
    (b"\x1f\x8b", "gzip"),
    (b"\xffWPC", "WordPerfect"),
    (b"\x9b\xa5\x21\x00", "Word 1"),
    (b"\xdb\xa5\x2d\x00", "Word 2"),
    (b"\x31\xbe\0\0", "Word (DOS), Write"),
    (b"\x09\x00\x04\x00", "Excel 2"),
    (b"\x09\x02\x06\x00", "Excel 3"),
    (b"\x09\x04\x06\x00", "Excel 4"),
)
_ZIP = b"PK\x03\x04"
_BLANK = b" \t\r\n\0"
_TAGS = rb"!doctype\s+html|html|head|body|table|meta|link|style|title|script|div|center|font|p|br|b|h[1-6]|form|span"
_HTML = re.compile(rb"\s*(?:<\?xml[^>]*>\s*)?(?>(?:<!--.*?-->\s*)*)<(?:" + _TAGS + rb")(?=[\s/>]|$)", re.I | re.S)
_MHT = re.compile(rb"(?:[A-Za-z][A-Za-z-]*:[^\n]*\n(?:[ \t][^\n]*\n)*)*MIME-Version:", re.I)
_HEAD = 4096
_PDF_WITHIN = 1024
"""Viewers take a PDF whose header stands anywhere in so many bytes (PDF 1.7, implementation note 13)."""
_OLE = (
    ("encryptedpackage", "Office, password-protected"),
    ("\tdrmcontent", "Office, rights-managed"),
    ("workbook", "spreadsheet"),
    ("book", "spreadsheet"),
    ("worddocument", "doc"),
    ("powerpoint document", "PowerPoint (.ppt)"),
    ("visiodocument", "Visio"),
    ("__properties_version1.0", "Outlook (.msg)"),
)
_ODF = {"text": "odt", "spreadsheet": "spreadsheet"}
_OTHER_ZIP = {"application/epub+zip": "EPUB", "application/vnd.sun.xml.writer": "OpenOffice 1 (.sxw)"}
_XML_ROOTS = {
    "{http://schemas.microsoft.com/office/2006/xmlPackage}package": "docx",
    "{http://schemas.microsoft.com/office/word/2003/wordml}wordDocument": "docx",
    "{urn:schemas-microsoft-com:office:spreadsheet}Workbook": "spreadsheetml",
    "{http://www.w3.org/1999/xhtml}html": "html",
}
"""Documents that are one XML file: Word's flat package, Word 2003, Excel 2003."""
_ODF_ROOT = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_FIB_ENCRYPTED = 0x0100
_BOF, _FILEPASS = 0x0809, 0x002F
PASSWORD = ", password-protected"
"""Ends the name of a format that only a password opens."""


def document_bytes(data: bytes) -> bytes:
    """Return ``data`` without blanks and marks before a document that allows none there, as faulty portals send."""
    body = data.removeprefix(BOM_UTF8).lstrip(_BLANK)
    signed = (SIGNATURE, _ZIP, *(signature for signature, _ in _SIGNATURES[:4]))
    return body if body.startswith(signed) else data


def sniff(data: bytes) -> str:
    """Return a reader's name, ``zip`` for an archive, ``damaged``, or the readable name of a format without a reader.

    ``binary`` is what no rule knows and is no text.
    """
    data = document_bytes(data)
    if data.startswith(SIGNATURE):
        return _compound_file(data)
    for signature, form in _SIGNATURES:
        if data.startswith(signature):
            return form
    names = directory(data)
    if names is not None:
        return _package(names)
    if data.startswith(_ZIP):
        return "damaged"
    return "pdf" if b"%PDF-" in data[:_PDF_WITHIN] else _markup(data)


def _markup(data: bytes) -> str:
    head = _plain(data[:_HEAD])
    if _MHT.match(head.lstrip()):
        return "mht"
    if _HTML.match(head):
        return "html"
    if head.lstrip().startswith((b"<?xml", b"<")) and (form := _xml(data)):
        return form
    return "text" if is_text(data) else "binary"


def _plain(head: bytes) -> bytes:
    """Return the beginning of a text of any encoding with its ASCII characters as one byte each."""
    if head.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        return head.decode("utf-16", "ignore").encode()
    return head.removeprefix(BOM_UTF8)


def _xml(data: bytes) -> str:
    """Name an XML file by its root element, "" where it has none."""
    parser = etree.XMLPullParser(("start",), resolve_entities=False, no_network=True, load_dtd=False, recover=True)
    parser.feed(data[: 16 * _HEAD].lstrip())
    root = next((element for _, element in parser.read_events()), None)
    if root is None:
        return ""
    if root.tag == f"{_ODF_ROOT}document":
        kind = root.get(f"{_ODF_ROOT}mimetype", "").rpartition(".")[2]
        return {"text": "odt"}.get(kind, "OpenDocument (XML)")
    return _XML_ROOTS.get(root.tag, "XML")


def _package(names: dict[str, str]) -> str:
    """Name what an archive holds: ``names`` maps its members (lower case) to what the first bytes of some say."""
    kind = names.get("mimetype", "")
    if kind.startswith("application/vnd.oasis.opendocument."):
        word = kind.removeprefix("application/vnd.oasis.opendocument.").partition("-")[0].strip()
        return _ODF.get(word, "OpenDocument (.odp, .odg)")
    if "[content_types].xml" not in names and not any(re.fullmatch(r"word/document\d*\.xml", name) for name in names):
        return _OTHER_ZIP.get(kind, "zip")
    for folder, form in (("xl", "spreadsheet"), ("ppt", "PowerPoint (.pptx)"), ("visio", "Visio")):
        if names.get("_rels/.rels", folder).startswith(folder) and any(name.startswith(f"{folder}/") for name in names):
            return form
    return "docx"


def _compound_file(data: bytes) -> str:
    try:
        file = CompoundFile(data)
    except (ValueError, struct.error):
        return "damaged"
    form = next((form for stream, form in _OLE if stream in file.streams), "OLE")
    if form == "doc":
        flags = int.from_bytes(file.head("worddocument", 12)[10:12], "little")  # [MS-DOC] 2.5.2, fEncrypted
        return f"Word{PASSWORD}" if flags & _FIB_ENCRYPTED else form
    return f"Excel{PASSWORD}" if form == "spreadsheet" and _is_locked(file) else form


def _is_locked(file: CompoundFile) -> bool:
    """Tell whether a workbook's second record says that the rest is encrypted ([MS-XLS] 2.1.7.20.3, FilePass)."""
    head = file.head("workbook", _HEAD) or file.head("book", _HEAD)
    place = 0
    while place + 4 <= len(head):
        kind, length = struct.unpack_from("<HH", head, place)
        if kind == _FILEPASS:
            return True
        if place and kind == _BOF:
            return False
        place += 4 + length
    return False
