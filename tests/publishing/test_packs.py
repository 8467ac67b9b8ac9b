"""Packs: where a pattern finds each, the same bytes whatever the order."""

import gzip
import re

from pobratim.publishing.folder.documents import Documents, is_odd
from pobratim.publishing.folder.packs import PACKED, pack_of, packed
from pobratim.publishing.folder.rules import apache, leads, nginx
from tests.support.rewriting import rewritten, rules_of

BASE = "https://data.example.org"


def test_a_pattern_for_servers_names_the_pack_that_a_document_lies_in() -> None:
    documents = Documents(BASE, "packs")
    for path in (
        "id/activity/2023-01-27-meeting-by-vitebsk-d56987",
        "id/participation/2023-01-27-meeting-by-vitebsk-d56987/organisation/x-abc/host",
        "id/contact/2023-01-27-meeting-by-vitebsk-d56987/ru-a/by-b",
        "id/entry/smolensk-2023-q1/12",
        "id/mention/smolensk-2023-q1/1/name/24-42/kind-0",
        "id/post/001fb47801279ce6",
        "id/person/ivan-petrov-smolensk-mayor",
    ):
        pack = documents.pack_of(documents.of(f"{BASE}/{path}"))
        [found] = [
            f"packs/{kind}/{match[1]}" for kind, pattern in PACKED.items() if (match := re.fullmatch(pattern, path))
        ]
        assert pack == f"{found}.nt.gz", path


def test_servers_lead_people_to_pages_and_who_asks_for_data_to_packs() -> None:
    documents = Documents(BASE, "packs")
    tie = "id/tie/institution/organisation-by-gymnasium-7--organisation-ru-gymnasium-4"
    event = "id/activity/2023-01-27-meeting-by-vitebsk-d56987"
    every = leads(BASE, documents, {}, {}, [], {}, is_packed=True)
    rules = rules_of(apache(BASE, every, packed=True))
    there = nginx(BASE, every, packed=True)
    for path, page in ((tie, f"doc/{tie.removeprefix('id/')}/"), (event, f"event/?key={event.rpartition('/')[2]}")):
        pack = documents.pack_of(documents.of(f"{BASE}/{path}"))
        assert rewritten(rules, path, "text/html") == (303, f"{BASE}/{page}")
        assert rewritten(rules, path, "text/turtle") == (303, f"{BASE}/{pack}")
        assert rewritten(rules, path, "application/ld+json") == (303, f"{BASE}/{pack}")
        assert f"/{path.split('/')[1]}/" in there
    part = "id/participation/2023-01-27-meeting-by-vitebsk-d56987/organisation/x/host"
    assert rewritten(rules, part, "text/html") == (303, f"{BASE}/packs/activity/987.nt.gz")


def test_ties_of_a_party_lie_together_but_for_those_without_the_key_in_their_name() -> None:
    documents = Documents(BASE, "packs")
    ties = [f"{BASE}/id/tie/municipality/place-by-minsk--place-ru-{town}" for town in ("omsk", "tver")]
    assert {documents.pack_of(documents.of(tie)) for tie in ties} == {"packs/tie/municipality/place-by-minsk.nt.gz"}
    assert documents.has_page(documents.of(ties[0]))
    for key in ("region/BY-HM--RU-SMO", f"institution/{'x' * 150}--{'y' * 150}"):
        document = documents.of(f"{BASE}/id/tie/{key}")
        assert documents.pack_of(document) == "" and is_odd(f"{BASE}/id/tie/{key}", document)


def test_agreements_of_a_month_lie_together_and_those_without_a_date_by_themselves() -> None:
    documents = Documents(BASE, "packs")
    packs = {
        "2022-02-21-agreement-kz-kostanay-ru-kursk": "packs/agreement/2022-02.nt.gz",
        "2022-agreement-by-minsk-ru-smolensk": "packs/agreement/2022.nt.gz",
        "agreement-by-minsk-ru-smolensk": "",
    }
    rules = rules_of(apache(BASE, leads(BASE, documents, {}, {}, [], {}, is_packed=True), packed=True))
    for key, pack in packs.items():
        document = documents.of(f"{BASE}/id/agreement/{key}")
        assert documents.pack_of(document) == pack and documents.has_page(document)
        assert rewritten(rules, f"id/agreement/{key}", "text/turtle") == (303, f"{BASE}/{pack or document + '.ttl'}")
        assert rewritten(rules, f"id/agreement/{key}", "text/html") == (303, f"{BASE}/{document}/")


def test_an_event_without_the_key_in_its_name_has_files_of_its_own_to_which_servers_lead() -> None:
    documents, iri = Documents(BASE, "packs"), f"{BASE}/id/activity/{'x' * 210}-d56987"
    document = documents.of(iri)
    assert documents.pack_of(document) == "" and is_odd(iri, document)
    rules = rules_of(apache(BASE, leads(BASE, documents, {}, {}, [iri], {}, is_packed=True), packed=True))
    path = iri.removeprefix(f"{BASE}/")
    assert rewritten(rules, path, "text/turtle") == (303, f"{BASE}/{document}.ttl")
    assert rewritten(rules, path, "text/html") == (303, f"{BASE}/{document}.ttl")


def test_what_people_look_for_lies_in_no_pack() -> None:
    assert pack_of("doc/place/ru-smolensk") == ""
    assert Documents(BASE, "main").pack_of("doc/activity/2023-meeting-d56987") == ""


def test_a_pack_is_sorted_and_has_no_time() -> None:
    lines = [b"<b> <p> <o> .\n", b"<a> <p> <o> .\n", b"<b> <p> <o> .\n"]
    assert packed(lines) == packed(reversed(lines))
    assert gzip.decompress(packed(lines)) == b"<a> <p> <o> .\n<b> <p> <o> .\n"
