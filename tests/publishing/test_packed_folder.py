"""A folder of a country: every IRI of its data leads to a file, though most of them lie in packs."""

import gzip
from dataclasses import replace
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from pyoxigraph import NamedNode, RdfFormat, parse

from pobratim.load.pipeline import load
from pobratim.load.settings import Settings
from pobratim.publishing.folder.build import publish
from pobratim.publishing.folder.source import source_of
from pobratim.publishing.people.gated import gated_store
from pobratim.publishing.settings import Publication
from pobratim.store.directory import GenerationStore
from tests.publishing.conftest import BASE, FIRST, PUBLIC
from tests.support.rewriting import Rule, rewritten, rules_of
from tests.support.small_reports import write_report

pytestmark = pytest.mark.slow
OF_A_MAYOR = ("Приём делегации", "г. Смоленск", "мэр г. Витебска Иван Петров, Администрация г. Смоленска")
"""The post of a person whose name is held back stays."""


def test_every_iri_leads_to_a_file_that_tells_of_it(publication: Publication, tmp_path: Path) -> None:
    settings, folder = replace(publication, pages="packs"), tmp_path / "site"
    store = GenerationStore(tmp_path / "store")
    load([write_report(tmp_path / "one.txt", *FIRST, OF_A_MAYOR)], store, Settings(base=BASE))
    with source_of(gated_store(store, settings.people, tmp_path / "gated")) as source:
        publish(source, settings, folder, date(2026, 11, 30))
    rules = rules_of((folder / "rules/w3id.htaccess").read_text(encoding="utf-8"))
    [dump] = folder.glob("dumps/*/data.nq.gz")
    quads = list(parse(gzip.decompress(dump.read_bytes()), format=RdfFormat.N_QUADS))
    terms = {term.value for quad in quads for term in quad.triple if isinstance(term, NamedNode)}
    iris = sorted(iri for iri in terms if iri.startswith(f"{BASE}/id/") and not iri.startswith(f"{BASE}/id/genid/"))
    kinds = {iri.split("/")[5] for iri in iris}
    assert {"activity", "post", "entry", "tie", "organisation", "agreement", "participation", "mention"} <= kinds
    assert not list(folder.glob("doc/post/*")) and list(folder.glob("packs/post/*.nt.gz"))
    broken = [
        (iri, accept)
        for iri in iris
        for accept in ("text/turtle", "text/html")
        if not _is_told(iri, accept, folder, rules)
    ]
    assert broken == [] and len(iris) > 150


def _is_told(iri: str, accept: str, folder: Path, rules: list[Rule]) -> bool:
    """Tell whether an IRI leads to a file that names it, or says that it is gone or another one now."""
    path = iri.partition("#")[0].removeprefix(f"{BASE}/")
    status, address = rewritten(rules, path, accept) or (404, "")
    if status in (301, 410):
        return True
    target = folder / urlsplit(address.removeprefix(f"{PUBLIC}/")).path
    file = target / "index.html" if target.is_dir() else target
    if status != 303 or not file.is_file():
        return False
    content = file.read_bytes()
    told = gzip.decompress(content) if file.suffix == ".gz" else content
    return file.suffix == ".html" or f"/{path.rpartition('/')[2]}".encode() in told
