"""Small reports made on the fly, as text dumps and as Word documents."""

import importlib.util
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from types import ModuleType
from xml.sax.saxutils import escape

from pobratim.layout.columns import ColumnNamer, load_columns
from pobratim.layout.walk import Layout, lay_out
from pobratim.problems import Problem
from pobratim.readers import read_document
from pobratim.table import Document
from tests.support.places import ROOT

HEADER = ["№ п/п", "Наименование мероприятия", "Место проведения", "Сроки проведения", "Цель", "Участники"]
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


@cache
def tool() -> ModuleType:
    """Return tools/build_fixtures.py as a module."""
    spec = importlib.util.spec_from_file_location("build_fixtures", ROOT / "tools" / "build_fixtures.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@cache
def namer() -> ColumnNamer:
    return load_columns(ROOT / "ontology" / "columns.ttl")


def row(number: int | str, name: str = "Форум") -> list[str]:
    printed = f"{number}. " if isinstance(number, int) else number
    return [printed, name, "г. Псков", "1 мая 2023 года", "Обмен опытом", "Делегация"]


def dump(*rows: Sequence[str], title: str = "Отчет о мероприятиях") -> str:
    """Return rows as the text dump of a table."""
    return f"{title}\n" + "".join("\n\t" + "\n\t".join(cells) + "\n" for cells in rows)


def write_docx(path: Path, body: str) -> Path:
    path.write_bytes(tool().package(body))
    return path


def tbl(*rows: str) -> str:
    return f"<w:tbl>{''.join(f'<w:tr>{cells}</w:tr>' for cells in rows)}</w:tbl>"


def tc(text: str = "", properties: str = "", content: str = "") -> str:
    inner = content or f'<w:p><w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>'
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inner}</w:tc>"


def tcs(texts: Sequence[str]) -> str:
    return "".join(map(tc, texts))


def layout_of(tmp_path: Path, text: str) -> Layout:
    """Return the layout of a text dump."""
    path = tmp_path / "report.txt"
    path.write_text(text, encoding="utf-8", newline="")
    return lay_out(read_document(path), namer())


def codes(problems: Sequence[Problem]) -> list[tuple[str, int | None]]:
    return [(problem.code, problem.row) for problem in problems]


def table_of(document: Document) -> list[list[str]]:
    """Return the cell texts of a document's only table."""
    (table,) = document.tables
    return [[cell.text for cell in row.cells] for row in table.rows]
