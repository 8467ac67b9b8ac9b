"""Documents with text that a reader of the page does not see."""

from collections.abc import Mapping
from io import BytesIO
from xml.sax.saxutils import escape
from zipfile import ZipFile

from pobratim.table import Document
from tests.support.report_documents import tool

_SPACES = "".join(
    f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{path}:1.0"'
    for name, path in {
        "office": "office", "style": "style", "text": "text", "table": "table", "fo": "xsl-fo-compatible",
    }.items()
)  # fmt: skip
_ODT_STYLES = """<office:automatic-styles>
<style:style style:name="T1" style:family="text"><style:text-properties text:display="none"/></style:style>
<style:style style:name="P2" style:family="paragraph" style:parent-style-name="Draft"/></office:automatic-styles>"""
_NAMED = "".join(
    f'<style:style style:name="{name}" style:family="paragraph">'
    '<style:text-properties text:display="none"/></style:style>'
    for name in ("Draft", "P1")
)


def run_of(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def packed(body: str, parts: Mapping[str, bytes] | None = None, relations: str = "") -> bytes:
    """Return a .docx with further parts that its document refers to."""
    members = dict(tool().contents(tool().package(body)))
    own = "word/_rels/document.xml.rels"
    known = members.get(own, b"<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'/>")
    text = known.decode().replace("/>", "></Relationships>") if b"</Relationships>" not in known else known.decode()
    members[own] = text.replace("</Relationships>", f"{relations}</Relationships>").encode()
    data = tool().archive({**members, **(parts or {})})
    assert isinstance(data, bytes)
    return data


def odt(cell: str) -> bytes:
    """Return a text of one row: ``cell`` and «б»; a style P1 of the page header hides, that of the text does not."""
    row = "".join(f"<table:table-cell>{content}</table:table-cell>" for content in (cell, "<text:p>б</text:p>"))
    table = f"<table:table><table:table-row>{row}</table:table-row></table:table>"
    body = f"<office:body><office:text>{table}</office:text></office:body>"
    own = _NAMED.replace('"none"', '"true"').replace("Draft", "P3")
    styles = _ODT_STYLES.replace("</office:automatic-styles>", own + "</office:automatic-styles>")
    data = BytesIO()
    with ZipFile(data, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", f"<office:document-content{_SPACES}>{styles}{body}</office:document-content>")
        archive.writestr("styles.xml", f"<office:document-styles{_SPACES}>{_NAMED}</office:document-styles>")
    return data.getvalue()


def hidden_in(document: Document) -> list[str]:
    return [dict(one.values)["count"] for one in document.problems if one.code == "reader-hidden-text"]
