"""Read a source.yml strictly: an unknown key, a wrong value or a missing one is an error that names file and key."""

import re
from collections.abc import Collection, Iterable, Mapping
from difflib import get_close_matches
from pathlib import Path
from types import MappingProxyType
from typing import Any, get_args

import yaml

from pobratim.errors import UsageError
from pobratim.ground.fingerprint import fingerprint
from pobratim.ground.periods import parse_period
from pobratim.lexicon.lexicon import lexicon
from pobratim.messages import LANGUAGES
from pobratim.sources.source import (
    COLUMN_OF,
    CONSTANTS,
    EVENT_COLUMNS,
    REGISTER_COLUMNS,
    SHARES,
    VALUES,
    Expected,
    Form,
    Source,
    WikidataSettings,
)
from pobratim.text.words import fold

_KEYS = (
    "title", "publisher", "home", "licence", "period", "form", "expected", "columns", "ignore", "constants", "values",
    "drop", "dates", "wikidata",
)  # fmt: skip
_ALL_FORMS = {"title", "publisher", "home", "licence", "period", "form", "expected"}
_KEYS_OF: Mapping[Form, frozenset[str]] = MappingProxyType(
    {
        "events": frozenset(_ALL_FORMS | {"columns", "ignore"}),
        "table": frozenset(_ALL_FORMS | {"columns", "ignore"}),
        "prose": frozenset(_ALL_FORMS),
        "register": frozenset(_ALL_FORMS | {"columns", "ignore", "constants", "values", "drop", "dates"}),
        "wikidata": frozenset(_ALL_FORMS | {"constants", "values", "drop", "wikidata"}),
    }
)
_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_HOME = re.compile(r"[A-Z]{2}(-[A-Z0-9]{1,3})?|Q[1-9][0-9]*")
_IRI = re.compile(r"https?://[^\s<>\"{}|\\^`]+")
_DATE = re.compile(r"[^%]*%[Ymd][^%]*(%[Ymd][^%]*){0,2}")
_LARGEST = 10_000_000


class _Texts(yaml.BaseLoader):
    """YAML in which every scalar is text, so that Norway's NO is no boolean, and no key stands twice."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        """Return the mapping. Raises ConstructorError for a key that stands twice."""
        keys = [key.value for key, _ in node.value]
        for index, (key, _) in enumerate(node.value):
            if key.value in keys[:index]:
                raise yaml.constructor.ConstructorError(None, None, f"«{key.value}» ×2", key.start_mark)
        return super().construct_mapping(node, deep)


def read_source(folder: Path) -> Source:
    """Return the source that ``folder`` holds. Raises UsageError for a source.yml that is absent or malformed."""
    file = folder / "source.yml"
    if not _NAME.fullmatch(folder.name):
        raise UsageError("source-name-form", value=folder.name)
    try:
        data = file.read_bytes()
        # A subclass of BaseLoader makes nothing but text, lists and mappings.
        fields = yaml.load(data.decode("utf-8-sig"), Loader=_Texts)
    except OSError as error:
        raise UsageError("source-unreadable", file=file, cause=error.strerror or error) from error
    except (UnicodeDecodeError, yaml.YAMLError) as error:
        raise UsageError("source-yaml", file=file, cause=" ".join(str(error).split())[:200]) from error
    return _Reader(file, fields).source(folder, fingerprint(data)[:16])


class _Reader:
    """The fields of one file on their way to a Source."""

    def __init__(self, file: Path, fields: object) -> None:
        self._file = file
        self._fields = self._mapping("source.yml", fields)
        self._form: Form = "events"

    def source(self, folder: Path, edition: str) -> Source:
        self._only(_KEYS, self._fields, "")
        self._form = self._choice("form", self._needed("form"), get_args(Form))  # type: ignore[assignment]
        for key in self._fields:
            if key not in _KEYS_OF[self._form]:
                raise UsageError("source-key-of-other-form", file=self._file, key=key, form=self._form)
        publisher = dict(self._mapping("publisher", self._needed("publisher")))
        homepage = self._iri("publisher.homepage", publisher.pop("homepage", ""))
        source = Source(
            name=folder.name,
            folder=folder,
            edition=edition,
            form=self._form,
            title=self._words("title", self._needed("title")),
            publisher=self._words("publisher", publisher),
            homepage=homepage,
            home=self._home(self._text("home", self._fields.get("home", ""))),
            licence=self._iri("licence", self._fields.get("licence", "")),
            period=self._period(self._fields.get("period", "")),
            expected=self._expected(),
            columns=self._columns(),
            ignore=self._texts("ignore", self._fields.get("ignore", [])),
            constants=self._constants(),
            values=self._values(),
            drop=self._texts("drop", self._fields.get("drop", [])),
            dates=self._dates(),
            wikidata=self._wikidata(),
        )
        self._complete(source)
        return source

    # Parts

    def _expected(self) -> Expected:
        fields = self._mapping("expected", self._fields.get("expected", {}))
        self._only(("rows", "shares"), fields, "expected")
        rows = self._mapping("expected.rows", fields.get("rows", {}))
        self._only(("min", "max"), rows, "expected.rows")
        bounds = {key: self._whole(f"expected.rows.{key}", value) for key, value in rows.items()}
        low, high = bounds.get("min"), bounds.get("max")
        if low is not None and high is not None and low > high:
            raise self._wrong("expected.rows", f"min {low}, max {high}", "min ≤ max")
        shares = self._mapping("expected.shares", fields.get("shares", {}))
        self._only(SHARES, shares, "expected.shares")
        found = {key: self._number(f"expected.shares.{key}", value, 1) for key, value in shares.items()}
        return Expected(low, high, MappingProxyType(found))

    def _columns(self) -> Mapping[str, tuple[str, ...]]:
        fields = self._mapping("columns", self._fields.get("columns", {}))
        if self._form == "wikidata":  # the table is made by the engine, under its own names
            return MappingProxyType({COLUMN_OF.get(key, key): (key,) for key in REGISTER_COLUMNS})
        self._only(REGISTER_COLUMNS if self._form == "register" else EVENT_COLUMNS, fields, "columns")
        found = {COLUMN_OF.get(key, key): self._texts(f"columns.{key}", value) for key, value in fields.items()}
        owners: dict[str, str] = {}
        for column, headings in found.items():
            for heading in headings:
                other = owners.setdefault(fold(heading), column)
                if other != column:
                    raise self._wrong(f"columns.{column}", heading, f"≠ columns.{other}")
        return MappingProxyType(found)

    def _constants(self) -> Mapping[str, str]:
        fields = self._mapping("constants", self._fields.get("constants", {}))
        self._only(CONSTANTS, fields, "constants")
        found = {key: self._text(f"constants.{key}", value) for key, value in fields.items()}
        for key, value in found.items():
            if key != "municipality":
                self._meaning(f"constants.{key}", key.rpartition("-")[2], value)
        return MappingProxyType(found)

    def _values(self) -> Mapping[str, Mapping[str, str]]:
        fields = self._mapping("values", self._fields.get("values", {}))
        self._only(VALUES, fields, "values")
        found = {}
        for kind, given in fields.items():
            spellings = self._mapping(f"values.{kind}", given)
            meant = {fold(key): self._text(f"values.{kind}.{key}", value) for key, value in spellings.items()}
            for key, value in meant.items():
                self._meaning(f"values.{kind}.{key}", kind, value)
            found[kind] = MappingProxyType(meant)
        return MappingProxyType(found)

    def _dates(self) -> tuple[str, ...]:
        patterns = self._texts("dates", self._fields.get("dates", []))
        for pattern in patterns:
            marks = re.findall(r"%.", pattern)
            if (
                not _DATE.fullmatch(pattern)
                or "%Y" not in marks
                or len(set(marks)) < len(marks)
                or marks == ["%Y", "%d"]
            ):
                raise self._wrong("dates", pattern, "%d.%m.%Y, %Y-%m, %Y")
        return patterns

    def _wikidata(self) -> WikidataSettings:
        fields = self._mapping("wikidata", self._fields.get("wikidata", {}))
        self._only(WikidataSettings.__slots__, fields, "wikidata")
        made: dict[str, Any] = {}
        for key, value in fields.items():
            if key in ("endpoint", "query"):
                made[key] = self._iri(f"wikidata.{key}", value) if key == "endpoint" else self._text(key, value)
            elif key == "pause":
                made[key] = self._number("wikidata.pause", value, 3600)
            else:
                made[key] = self._whole(f"wikidata.{key}", value, least=1)
        return WikidataSettings(**made)

    def _complete(self, source: Source) -> None:
        """Raise UsageError where a form lacks what it cannot do without."""
        if source.form == "table" and "name" not in source.columns:
            raise UsageError("source-missing", file=self._file, key="columns.name")
        if source.form != "register":
            return
        if "partner" not in source.columns:
            raise UsageError("source-missing", file=self._file, key="columns.partner")
        for column, constant in (("section", "municipality"), ("agreement-kind", "kind")):
            if column not in source.columns and constant not in source.constants:
                keys = f"columns.{'municipality' if column == 'section' else column} | constants.{constant}"
                raise UsageError("source-missing", file=self._file, key=keys)

    # Values

    def _meaning(self, key: str, kind: str, value: str) -> None:
        """Check that what a spelling stands for is a value that the engine knows."""
        if kind == "country" and value not in lexicon().countries:
            raise self._wrong(key, value, "BY, DE, PS, Q23334")
        scheme = {"kind": "agreement-kind", "status": "agreement-status"}.get(kind)
        if scheme:
            self._choice(key, value, [concept.local for concept in lexicon().concepts(scheme)])

    def _home(self, value: str) -> str:
        regions = {concept.notation for concept in lexicon().concepts("region")}
        known = value in regions if "-" in value else value in lexicon().countries
        if value and not (_HOME.fullmatch(value) and known):
            raise self._wrong("home", value, "RU, RU-SMO, BY")
        return value

    def _period(self, value: object) -> str:
        text = self._text("period", value)
        try:
            return parse_period(text) if text else ""
        except ValueError:
            raise self._wrong("period", text, "2023-Q1, 2023-H1, 2023, 2023-01/2023-03") from None

    def _needed(self, key: str) -> object:
        if key not in self._fields:
            raise UsageError("source-missing", file=self._file, key=key)
        return self._fields[key]

    def _only(self, known: Collection[str], fields: Iterable[str], where: str) -> None:
        for key in fields:
            if key not in known:
                near = ", ".join(get_close_matches(key, known, n=2)) or ", ".join(known)
                raise UsageError("source-key-unknown", file=self._file, key=f"{where}.{key}".lstrip("."), near=near)

    def _mapping(self, key: str, value: object) -> Mapping[str, Any]:
        if not isinstance(value, dict):
            raise self._wrong(key, value, "{ … : … }")
        return value

    def _words(self, key: str, value: object) -> Mapping[str, str]:
        words = self._mapping(key, value)
        self._only(LANGUAGES, words, key)
        for lang in LANGUAGES:
            if not str(words.get(lang, "")).strip():
                raise UsageError("source-missing", file=self._file, key=f"{key}.{lang}")
        return MappingProxyType({lang: self._text(f"{key}.{lang}", text) for lang, text in words.items()})

    def _text(self, key: str, value: object) -> str:
        if not isinstance(value, str):
            raise self._wrong(key, value, "text")
        return value.strip()

    def _texts(self, key: str, value: object) -> tuple[str, ...]:
        if not isinstance(value, list):
            raise self._wrong(key, value, "[ …, … ]")
        found = tuple(self._text(key, item) for item in value)
        if not all(found):
            raise self._wrong(key, value, "[ …, … ]")
        return found

    def _choice(self, key: str, value: object, known: Collection[str]) -> str:
        text = self._text(key, value)
        if text not in known:
            raise self._wrong(key, text, " | ".join(known))
        return text

    def _iri(self, key: str, value: object) -> str:
        text = self._text(key, value)
        if text and not _IRI.fullmatch(text):
            raise self._wrong(key, text, "https://…")
        return text

    def _whole(self, key: str, value: object, least: int = 0) -> int:
        text = self._text(key, value)
        if not text.isdecimal() or not least <= int(text) <= _LARGEST:
            raise self._wrong(key, text, f"{least} … {_LARGEST}")
        return int(text)

    def _number(self, key: str, value: object, most: float) -> float:
        text = self._text(key, value)
        if not re.fullmatch(r"\d{1,5}(\.\d{1,6})?", text) or float(text) > most:
            raise self._wrong(key, text, f"0 … {most:g}")
        return float(text)

    def _wrong(self, key: str, value: object, wanted: str) -> UsageError:
        return UsageError("source-wrong-value", file=self._file, key=key, value=value, wanted=wanted)
