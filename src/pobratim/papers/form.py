"""The form of the yearly table as data: ``viz/papers/yearly.yml``, or a file of the same kind that a person adapted."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from pobratim.content import content_root
from pobratim.errors import ContentError, cause_of
from pobratim.messages import LANGUAGES, Language, read_yaml

NUMBERS = ("number", "q1", "q2", "q3", "q4", "vague", "events", "others")
"""Columns that hold numbers."""
COLUMNS = (*NUMBERS, "partner", "country", "agreements", "topics")
"""What a column of the table may be."""
_Texts = Mapping[Language, str]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: which of ``COLUMNS``, its head by language, and its share of the page."""

    name: str
    head: _Texts
    width: float


@dataclass(frozen=True, slots=True)
class Form:
    """Heading (with {place} and {year}), legal basis, columns in their order, the word for totals, who signs."""

    title: _Texts
    law: _Texts
    columns: tuple[Column, ...]
    total: _Texts
    signature: _Texts


def form(file: Path | None = None) -> Form:
    """Return the form of a file, the usual one without. Raises ContentError for what is none."""
    place = file or content_root() / "viz" / "papers" / "yearly.yml"
    try:
        found = _form(read_yaml(place.read_text(encoding="utf-8")))
        for said in found.title.values():
            said.format(place="", year="")
    except OSError as error:
        raise ContentError("paper-form", file=place, cause=cause_of(error)) from error
    except (yaml.YAMLError, KeyError, TypeError, ValueError, IndexError, AttributeError) as error:
        raise ContentError("paper-form", file=place, cause=" ".join(str(error).split()) or "?") from error
    return found


def _form(told: Mapping[str, Any]) -> Form:
    columns = tuple(
        Column(_known(each["name"]), _texts(each["head"]), float(each["width"])) for each in told["columns"]
    )
    if not columns or min(each.width for each in columns) <= 0:
        raise ValueError("columns")
    texts = {name: _texts(told[name]) for name in ("title", "law", "total", "signature")}
    return Form(texts["title"], texts["law"], columns, texts["total"], texts["signature"])


def _known(name: str) -> str:
    if name not in COLUMNS:
        raise ValueError(f"columns: {name} ({', '.join(COLUMNS)})")
    return name


def _texts(told: Mapping[str, object]) -> _Texts:
    return {lang: str(told[lang]) for lang in LANGUAGES}
