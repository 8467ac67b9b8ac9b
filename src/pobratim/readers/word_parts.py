"""Open a Word document whatever it is packed in, with the parts put in their places that only stand by reference.

A document is a zip archive, one XML file (flat OPC), or Word 2003 XML. Other documents that it takes in
(ECMA-376 part 1, 17.17.2.1, altChunk) become paragraphs and tables where they stand; what is not read is told.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from lxml import etree
from lxml.builder import ElementMaker

from pobratim.errors import UnreadableDocumentError
from pobratim.problems import Problem
from pobratim.readers import html, mht, rtf
from pobratim.readers.encoding import decode
from pobratim.readers.flow import Flow
from pobratim.readers.package import MAX_PART, FlatPackage, Package, Relation, is_archive, opened, parse
from pobratim.readers.sniff import document_bytes, sniff
from pobratim.readers.word_markup import keep_shown
from pobratim.table import Table

_W = ElementMaker(namespace="http://schemas.openxmlformats.org/wordprocessingml/2006/main")
_FLAT_ROOT = "{http://schemas.microsoft.com/office/2006/xmlPackage}package"
_SMART_ART = "http://schemas.openxmlformats.org/drawingml/2006/diagram"
_PROGRAMS = {"Excel": "Excel", "Word": "Word"}
_CONTEXT = 60
Pour = Callable[[bytes, str, Flow], tuple[Problem, ...]]


def _pour_text(data: bytes, file: str, flow: Flow) -> tuple[Problem, ...]:
    text, problems = decode(data, file)
    for line in text.splitlines():
        flow.text(line)
    return problems


_CHUNKS: Mapping[str, Pour] = MappingProxyType(
    {"html": html.pour, "mht": mht.pour, "rtf": rtf.pour, "text": _pour_text}
)
"""What a chunk may be beside a Word document, and how it is read."""


@dataclass(slots=True)
class _Budget:
    """How many documents may still be taken in, and of how many bytes together."""

    count: int = 200
    size: int = MAX_PART

    def allows(self, data: bytes) -> bool:
        """Take a document of the budget; tell whether it was enough."""
        self.count -= 1
        self.size -= len(data)
        return self.count >= 0 and self.size >= 0


def word_document(data: bytes, file: str) -> tuple[etree._Element, tuple[Problem, ...]]:
    """Return the root element of a Word document as it is shown, and what of it is not read or hidden.

    Raises UnreadableDocumentError for a damaged, encrypted, oversized or foreign package and for unsafe or
    broken XML.
    """
    return _document(document_bytes(data), file, _Budget())


def _document(data: bytes, file: str, budget: _Budget) -> tuple[etree._Element, tuple[Problem, ...]]:
    if not is_archive(data):
        root = parse(data.strip(), file)
        if root.tag != _FLAT_ROOT:
            return root, _hidden(keep_shown(root, root.find("{*}styles")), file)
        return _from_package(FlatPackage(root, file), budget)
    with opened(data, file) as package:
        return _from_package(package, budget)


def _from_package(package: Package, budget: _Budget) -> tuple[etree._Element, tuple[Problem, ...]]:
    root, name = package.main(), package.main_name()
    relations = package.relations(name)
    styles = next((one.target for one in relations.values() if one.kind == "styles"), "word/styles.xml")
    hidden = keep_shown(root, package.tree(styles))
    problems = [*_unread(root, relations, package.file)]
    for chunk in list(root.iter("{*}altChunk")):
        problems += _put_in(chunk, _relation(chunk, relations), package, budget)
    return root, (*dict.fromkeys(problems), *_hidden(hidden, package.file))


def _hidden(count: int, file: str) -> tuple[Problem, ...]:
    return (Problem("warning", "reader-hidden-text", file, values=(("count", str(count)),)),) if count else ()


def _put_in(
    chunk: etree._Element, relation: Relation | None, package: Package, budget: _Budget
) -> tuple[Problem, ...] | list[Problem]:
    """Replace a reference to another document by what that document holds."""
    data = package.read(relation.target) if relation and not relation.outside else None
    form = sniff(data) if data else "–"
    name = relation.target if relation else "–"
    try:
        if data is None or not budget.allows(data) or (form != "docx" and form not in _CHUNKS):
            return [_not_read(chunk, f"{name} ({form})", package.file)]
        if form == "docx":
            inner, problems = _document(document_bytes(data), package.file, budget)
            blocks = [block for body in inner.iterchildren("{*}body") for block in body]
        else:
            flow = Flow()
            problems = _CHUNKS[form](data, package.file, flow)
            blocks = [_element(block) for block in flow.blocks()]
    except UnreadableDocumentError:
        return [_not_read(chunk, f"{name} ({form})", package.file)]
    _replace(chunk, blocks)
    return problems


def _replace(chunk: etree._Element, blocks: list[etree._Element]) -> None:
    parent = chunk.getparent()
    assert parent is not None
    place = parent.index(chunk)
    parent[place : place + 1] = [block for block in blocks if block.tag is not etree.Comment]


def _element(block: str | Table) -> etree._Element:
    """Return a line of text or a table as Word's markup."""
    if isinstance(block, str):
        return _paragraph(block)
    joined = {(row, cell.column) for row, cells in enumerate(block.rows) for cell in cells.cells if cell.merged}
    return _W.tbl(*(_W.tr(*_cells(block, index, joined)) for index in range(len(block.rows))))


def _cells(table: Table, index: int, joined: set[tuple[int, int]]) -> Iterator[etree._Element]:
    for cell in table.rows[index].cells:
        properties = _W.tcPr(_value("gridSpan", str(cell.span)))
        if cell.merged or (index + 1, cell.column) in joined:
            properties.append(_value("vMerge", "continue" if cell.merged else "restart"))
        lines = [""] if cell.merged else cell.text.split("\n")
        yield _W.tc(properties, *map(_paragraph, lines))


def _paragraph(line: str) -> etree._Element:
    text = _W.t("".join(char if char >= " " or char == "\t" else " " for char in line))
    text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return _W.p(_W.r(text))


def _value(name: str, value: str) -> etree._Element:
    element = _W(name)
    element.set(etree.QName(etree.QName(element).namespace, "val"), value)
    return element


def _unread(root: etree._Element, relations: Mapping[str, Relation], file: str) -> Iterator[Problem]:
    """Yield a problem for each part that holds content and is not read."""
    for document in root.iter("{*}subDoc"):
        relation = _relation(document, relations)
        yield _not_read(document, relation.target if relation else "subDoc", file)
    for thing in root.iter("{*}OLEObject"):
        program = thing.get("ProgID", "").partition(".")[0]
        if program in _PROGRAMS:
            yield _not_read(thing, f"{_PROGRAMS[program]}, OLE", file)
    for graphic in root.iter("{*}graphicData"):
        if graphic.get("uri") == _SMART_ART:
            yield _not_read(graphic, "SmartArt", file)
    for control in root.iter("{*}control"):
        yield _not_read(control, "ActiveX", file)


def _not_read(element: etree._Element, part: str, file: str) -> Problem:
    before = next((text.text for text in _texts_before(element) if (text.text or "").strip()), "") or "–"
    values = (("part", part), ("text", " ".join(before.split())[:_CONTEXT]))
    return Problem("error", "reader-part-not-read", file, values=values)


def _texts_before(element: etree._Element) -> Iterator[etree._Element]:
    """Yield the text elements in front of one, the nearest first."""
    here: etree._Element | None = element
    while here is not None:
        for sibling in here.itersiblings(preceding=True):
            yield from reversed(list(sibling.iter("{*}t")))
        here = here.getparent()


def _relation(element: etree._Element, relations: Mapping[str, Relation]) -> Relation | None:
    named = (value for key, value in element.attrib.items() if key.endswith("}id"))
    return relations.get(next(named, ""))
