"""Random sequences of loads over small reports, each held against a store made anew: the same bytes in the end.

In most of them shapes find fault with rows: since no row is known that those of ontology/shapes.ttl keep out, others
stand beside them. ``python -m tests.support.load_sequences 500 1000`` runs those of these seeds (with one number, of
all below it) and names the first that differs.
"""

import json
import random
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path
from tempfile import NamedTemporaryFile, TemporaryDirectory
from typing import Any
from unittest.mock import patch

from pobratim.entities import Resolution
from pobratim.errors import LedgerError
from pobratim.load import growing, pipeline
from pobratim.load.account import known_reports
from pobratim.load.build import held
from pobratim.load.built import Built
from pobratim.load.pipeline import load
from pobratim.load.report import Whole
from pobratim.load.settings import Settings
from pobratim.load.violations import is_kept_out
from pobratim.rdf import validate
from pobratim.rdf.emit import ontology_graph
from pobratim.rdf.terms import Graph
from pobratim.resolve.decisions import LEDGER, add_decisions
from pobratim.resolve.ledger import Decision
from pobratim.store.directory import GenerationStore
from tests.support.small_reports import write_report

STEPS = 5
_EVERY = 25
"""After so many sequences it is told how many were right."""
_THING = re.compile(r"/id/(organisation|place|activity|series)/([a-z0-9-]+)>")
_NAMES = [
    "Фестиваль искусств «Двина»",
    "Турнир по шахматам",
    "Подписание соглашения о сотрудничестве между городами Смоленск и Витебск",
    "Визит делегации гимназии № 7 г. Витебска",
    "X Международная конференция «Мост»",
    "Обмен опытом с МБОУ «Школа № 3»",
    "Фестиваль искусств «Двина»!",
    "X Международная конференция «Мост»!",
]
_PLACES = ["г. Витебск", "г. Смоленск", "г. Орша, Республика Беларусь", "г. Вязьма", "онлайн"]
_WHO = [
    "Гимназия № 7 г. Витебска, МБОУ «Школа № 3» г. Смоленска",
    "Администрация города Орши, мэр города Иванов И.И.",
    "Дворец культуры г. Витебска",
    "делегация из Республики Беларусь",
]
_CORRECTIONS = {
    "activity": ("kind=festival", "topic+=sport", "country+=BY", "mode=online", "start=2023-02-01"),
    "organisation": ("kind=museum", "country=BY"),
    "place": ("country=BY", "kind=district"),
}
_FILES = ("a", "b", "c", "d")
_compiled = validate._compiled
Rows = list[tuple[str, str, str]]
_SHAPE = """
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix pob: <https://w3id.org/pobratim/def#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
<x:shape> a sh:NodeShape ; sh:targetClass {} ; sh:property <x:property> .
<x:property> a sh:PropertyShape ; sh:path {} ; sh:message "нельзя: {name}"@ru, "not so: {name}"@en .
"""
_SHAPES = {
    "title": ("pob:ReportEntry", 'dct:title ; sh:pattern "[^!]$"', 0.6),
    "tellers": ("pob:Activity", "[ sh:inversePath pob:reports ] ; sh:maxCount 1", 0.4),
    "kind": ("pob:Activity", 'dct:type ; sh:pattern "(?<!sports)$"', 0.4),
    "signed": ("pob:Agreement", "[ sh:inversePath pob:states ] ; sh:maxCount 1", 0.3),
    "lonely": ("pob:ReportEntry", "( pob:reports [ sh:inversePath pob:reports ] ) ; sh:minCount 2", 0.1),
    "place": ("dct:Location", 'rdfs:label ; sh:pattern "^(?!Орша)"', 0.1),
}
"""Shapes: class, path with constraint, in how many of the sequences. The last finds fault with what is no row's."""


def rows(chance: random.Random) -> Rows:
    """Return the rows of a report: few, and often those of others."""
    return [(chance.choice(_NAMES), chance.choice(_PLACES), chance.choice(_WHO)) for _ in range(chance.randint(1, 4))]


def content(store: GenerationStore) -> dict[str, Any]:
    """Return all that a store is to hold whatever came before: its dump, its records, its manifest."""
    out = BytesIO()
    store.open().dump(out)
    manifest = store.manifest()
    manifest["files"] = {graph: one for graph, one in manifest["files"].items() if not graph.endswith("/withdrawn")}
    records = {slug: [one.to_json() for one in found] for slug, found in store.records().items()}
    return {"dump": out.getvalue().decode(), "records": records, "manifest": json.dumps(manifest, sort_keys=True)}


@dataclass
class Ways:
    """How many loads began with a memory, how many of them went on from it to their end, and set rows aside then.

    Those that met what no row is to blame for are counted with neither.
    """

    begun: int = 0
    grown: int = 0
    aside: int = 0

    @contextmanager
    def watched(self) -> Iterator[None]:
        """Count the loads of a while."""
        usual = growing.grow

        def grow(*given: Any) -> Built | Whole:
            built = usual(*given)
            if built != Whole("shape"):
                self.begun, self.grown = self.begun + 1, self.grown + isinstance(built, Built)
            self.aside += isinstance(built, Built) and any(map(is_kept_out, built.left.values()))
            return built

        with patch.object(pipeline, "grow", grow):
            yield


def differs(seed: int, folder: Path) -> str:
    """Return what differs between a store after a sequence of loads and one made at once, "" where nothing does."""
    chance = random.Random(seed)
    with shaped(*[name for name, (*_, often) in _SHAPES.items() if chance.random() < often]):
        return _differs(chance, folder)


@contextmanager
def shaped(*names: str) -> Iterator[None]:
    """Have shapes stand for a while beside those of ontology/shapes.ttl."""
    with patch.object(validate, "_compiled", lambda: (*_compiled(), *map(_shape, names))):
        yield


@cache
def _ontology(base: str) -> Graph:
    """Return the graph of the ontology, which is the same in every load."""
    return ontology_graph(base)


@cache
def _shape(name: str) -> validate.CompiledShape:
    with NamedTemporaryFile("w", encoding="utf-8") as file:
        target, path, _ = _SHAPES[name]
        file.write(_SHAPE.format(target, path, name=name))
        file.flush()
        [shape] = validate.compile_shapes(Path(file.name))
    return shape


def _differs(chance: random.Random, folder: Path) -> str:
    reports: dict[str, Path] = {}
    grown = GenerationStore(folder / "grown" / "store")
    ledger = grown.beside / LEDGER
    ledger.parent.mkdir(parents=True)
    settings = Settings("RU-SMO", jobs=chance.choice((1, 2)), survey=chance.random() < 0.5, today="2024-06-01")
    for _ in range(STEPS):
        act = chance.choice(("new", "new", "replace", "withdraw", "decide", "same"))
        names = chance.sample(_FILES, chance.randint(1, 2)) if act in ("new", "replace") else []
        for name in names:
            others = {path.read_bytes() for other, path in reports.items() if other != name}
            reports[name] = _unlike(others, folder / "reports" / f"{name}.txt", chance)
        if act in ("withdraw", "decide") and reports:
            if ledger.exists() and chance.random() < 0.2:
                _take_back(ledger, chance)
            with suppress(LedgerError):  # people cannot say the opposite of what they said
                add_decisions(ledger, [_decision(act, chance, sorted(reports), grown)])
        again = [path for name, path in sorted(reports.items()) if name in names or act == "same"]
        chance.shuffle(again)
        if reports:
            load(again, grown, settings)
    if not reports:
        return ""
    anew = GenerationStore(folder / "anew" / "store")
    anew.beside.mkdir()
    if ledger.exists():
        (anew.beside / LEDGER).write_bytes(ledger.read_bytes())
    load(sorted(reports.values()), anew, settings)
    one, other = content(grown), content(anew)
    return ", ".join(name for name in one if one[name] != other[name])


def _unlike(others: set[bytes], path: Path, chance: random.Random) -> Path:
    """Write a report that is none of the others: a file of the same bytes is refused, and the former one stands."""
    while write_report(path, *rows(chance)).read_bytes() in others:
        pass
    return path


def _take_back(ledger: Path, chance: random.Random) -> None:
    """Delete a line of the ledger."""
    head, *lines = ledger.read_text(encoding="utf-8").splitlines(keepends=True)
    lines.remove(chance.choice(lines))
    ledger.write_text("".join([head, *lines]), encoding="utf-8")


def _decision(act: str, chance: random.Random, names: list[str], store: GenerationStore) -> Decision:
    """Return a decision about what the store holds, or held."""
    manifest = store.manifest() if store.directory.exists() else {}
    candidates = manifest.get("candidates", [])
    if act == "decide" and candidates:
        one = chance.choice(candidates)
        left, right = one["left"]["key"], one["right"]["key"]
        return Decision(chance.choice(("same", "not-same")), one["type"], left, right, "why", "2024-06-01")
    files = manifest.get("files", {})
    known = _THING.findall(content(store)["dump"]) if files else []
    # Of a row that shapes keep out the store tells nothing, and people may mend it.
    aside = held(known_reports(manifest, store.records()), (), manifest["base"]) if files else Resolution()
    known += [("activity", one.own_activity) for one in aside.accounts if one.own_activity]
    few = chance.sample(sorted({*known}), min(3, len({*known})))
    things = [("report", chance.choice(names)), ("entry", f"{chance.choice(names)}/1"), *few]
    kind, key = chance.choice(things)
    others = sorted({other for named, other in known if named == kind} - {key})
    if act == "decide" and others and chance.random() < 0.5:
        return Decision(chance.choice(("same", "not-same")), kind, key, chance.choice(others), "why", "2024-06-01")
    if act == "decide" and kind in _CORRECTIONS and chance.random() < 0.6:
        return Decision("correct", kind, key, chance.choice(_CORRECTIONS[kind]), "why", "2024-06-01")
    if act == "decide" and kind == "organisation":
        return Decision("rename", kind, key, "Новое имя", "why", "2024-06-01")
    return Decision("withdrawn", kind, key, "", "why", "2024-06-01")


def main() -> None:
    """Run sequences by the number of the seed."""
    ways = Ways()
    with ways.watched():
        for done, seed in enumerate(range(*map(int, sys.argv[1:])), start=1):
            with TemporaryDirectory() as folder:
                found = differs(seed, Path(folder))
            if found:
                sys.exit(f"seed {seed}: {found}")
            if done % _EVERY == 0:
                _tell(done, ways)
    _tell(done, ways)


def _tell(done: int, ways: Ways) -> None:
    print(
        f"{done} sequences are right; {ways.grown} loads of {ways.begun} went on from what was kept,"
        f" {ways.aside} of them with rows set aside",
        flush=True,
    )


if __name__ == "__main__":
    main()
