"""Tell a document's format by its bytes."""

import re

_ZIP_MEMBERS = (
    (b"word/document", "docx"),
    (b"xl/workbook", "spreadsheet"),
    (b"ppt/presentation", "PowerPoint (.pptx)"),
    (b"application/vnd.oasis.opendocument.text", "odt"),
    (b"application/vnd.oasis.opendocument.spreadsheet", "spreadsheet"),
    (b"application/vnd.oasis.opendocument", "OpenDocument (.odp, .odg)"),
    (b"[Content_Types].xml", "docx"),
)
_SIGNATURES = (
    (b"%PDF", "pdf"),
    (b"{\\rtf", "rtf"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"II*\0", "TIFF"),
    (b"MM\0*", "TIFF"),
    (b"AT&TFORM", "DjVu"),
    (b"7z\xbc\xaf", "7-Zip"),
    (b"Rar!", "RAR"),
    (b"\x1f\x8b", "gzip"),
)
_HTML = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|table)\b", re.I | re.S
)
_HEAD = 4096


def sniff(data: bytes) -> str:
    """Return a reader's name, ``zip`` for an archive, or the readable name of a format without a reader ("RAR").

    Member names stand uncompressed in a zip, so a cut-off .docx is still told from another archive.
    """
    if data.startswith(b"PK\x03\x04"):
        return next((form for member, form in _ZIP_MEMBERS if member in data), "zip")
    if data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return _compound_file(data)
    for signature, form in _SIGNATURES:
        if data.startswith(signature):
            return form
    head = data[:_HEAD].removeprefix(b"\xef\xbb\xbf")
    if _HTML.match(head):
        return "html"
    return "XML" if head.lstrip().startswith(b"<?xml") else "text"


def _compound_file(data: bytes) -> str:
    """Name what a Microsoft compound file holds; its stream names are UTF-16 ([MS-CFB] 2.6.1)."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        return "Office, password-protected"
    if "Workbook".encode("utf-16-le") in data or "Book\0".encode("utf-16-le") in data:
        return "spreadsheet"
    return "doc" if "WordDocument".encode("utf-16-le") in data else "OLE"
