"""The Russian passport of open data: what a portal harvests from ``opendata/list.csv``, or takes as one archive.

The form is data (``viz/publishing/passport-FORM.csv``): the rows of meta.csv in their order.
"""

import csv
import io
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from pobratim.content import content_root
from pobratim.messages import Language
from pobratim.publishing.folder.editions import Former, Since, Version
from pobratim.publishing.folder.offers import Set
from pobratim.publishing.folder.tree import Tree
from pobratim.publishing.folder.words import said
from pobratim.publishing.settings import Publication
from pobratim.tables import Table

FOLDER = "opendata"
TABLE = "events"
"""The flat table that is the set."""
_TYPES = {"iri": "anyURI", "date": "date", "integer": "integer", "number": "decimal", "flag": "boolean"}
_LANG: Language = "ru"


@dataclass(frozen=True, slots=True)
class Form:
    """A version of the form: the IRI of its standard, and the rows of meta.csv in their order."""

    standard: str
    rows: tuple[str, ...]


@cache
def form(number: str) -> Form:
    """Return a version of the form."""
    file = content_root() / "viz" / "publishing" / f"passport-{number}.csv"
    with file.open(encoding="utf-8", newline="") as lines:
        rows = [(row["property"], row["value"]) for row in csv.DictReader(lines)]
    return Form(dict(rows)["standardversion"], tuple(name for name, _ in rows))


def write_passport(
    tree: Tree,
    publication: Publication,
    table: Table,
    whole: Set,
    days: Since,
    version: Version,
    former: Former,
) -> None:
    """Write the set with its passport. The data of earlier versions stay but for those of the same day.

    Raises OSError.
    """
    name = f"{publication.publisher.inn}-{publication.passport.name}"
    folder, day = f"{FOLDER}/{name}", days.modified.replace("-", "")
    structure = _structure(table)
    if former.root is not None:
        for kind in ("structure-", "data-"):
            today = f"{folder}/{kind}{day}"
            past = {path: told for path, told in former.files.items() if not path.startswith(today)}
            tree.keep(former.root, past, f"{folder}/{kind}")
    known = sorted(path for path in tree.files if path.startswith(f"{folder}/structure-"))
    same = next((each for each in reversed(known) if (tree.root / each).read_bytes() == structure), "")
    structured = same.rpartition("/")[2] or f"structure-{day}.csv"
    if not same:
        tree.put(f"{folder}/{structured}", structure)
    tree.put(f"{folder}/data-{day}-{structured}", _rows([table.columns, *table.rows]))
    names = sorted(path.rpartition("/")[2] for path in tree.files if path.startswith(folder + "/"))
    files = [each for each in reversed(names) if each.startswith("data-")]
    files += [each for each in reversed(names) if each.startswith("structure-")]
    tree.put(
        f"{folder}/meta.csv", _rows([("property", "value"), *_meta(publication, whole, days, version, name, files)])
    )
    tree.put(f"{FOLDER}/list.csv", _rows(_list(publication, name)))
    tree.put(f"{FOLDER}/{name}.zip", _zip(tree, name, files))


def _structure(table: Table) -> bytes:
    head = ("field name", "english description", "russian description", "format")
    rows = [(one.name, one.label["en"], one.label["ru"], _TYPES.get(one.type, "string")) for one in table.query.columns]
    return _rows([head, *rows])


def _list(publication: Publication, name: str) -> Iterator[Sequence[str]]:
    yield "property", "title", "value", "format"
    yield "standardversion", said("passport-standard", _LANG), form(publication.passport.form).standard, ""
    yield name, _line(publication.title[_LANG]), f"{publication.public_url}/{FOLDER}/{name}/meta.csv", "csv"


def _meta(
    publication: Publication, whole: Set, days: Since, version: Version, name: str, files: Sequence[str]
) -> Iterator[tuple[str, str]]:
    is_first = days.issued == days.modified
    values = {
        "standardversion": form(publication.passport.form).standard,
        "identifier": name,
        "title": _line(whole.title[_LANG]),
        "description": _line(whole.description[_LANG]),
        "creator": publication.publisher.name[_LANG],
        "created": days.issued.replace("-", ""),
        "modified": days.modified.replace("-", ""),
        "subject": ", ".join(publication.keywords[_LANG]),
        "format": "csv",
        "provenance": said("passport-first" if is_first else "passport-next", _LANG, version=version.number),
        "valid": valid_until(days.modified, publication.valid_months).replace("-", ""),
        "publishername": publication.contact.name[_LANG],
        "publisherphone": publication.contact.phone,
        "publishermbox": publication.contact.email,
    }
    yield from ((row, values[row]) for row in form(publication.passport.form).rows)
    url = f"{publication.public_url}/{FOLDER}/{name}"
    yield from ((each.removesuffix(".csv"), f"{url}/{each}") for each in files)


def valid_until(day: str, months: int) -> str:
    """Return the day so many months after another, the last of its month where that is shorter."""
    year, month, number = map(int, day.split("-"))
    total = year * 12 + month - 1 + months
    year, month = divmod(total, 12)
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    most = (31, 29 if leap else 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)[month]
    return f"{year}-{month + 1:02}-{min(number, most):02}"


def _zip(tree: Tree, name: str, files: Sequence[str]) -> bytes:
    """Return everything as one archive for portals that take uploads, with no time of its making."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for path in ("list.csv", *(f"{name}/{each}" for each in ("meta.csv", *files))):
            info = zipfile.ZipInfo(path)
            info.external_attr = 0o644 << 16
            archive.writestr(info, (tree.root / FOLDER / path).read_bytes(), zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _rows(rows: Sequence[Sequence[object]] | Iterator[Sequence[object]]) -> bytes:
    """Return rows as the form wants them (RFC 4180, UTF-8)."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows(rows)
    return out.getvalue().encode()


def _line(text: str) -> str:
    return " ".join(text.split())
