"""The dumps of a folder in the stores of others: each holds as many statements as the folder says."""

import gzip
from pathlib import Path

import httpx
import pytest
from pyoxigraph import RdfFormat, Store

from tests.publishing.conftest import Releases
from tests.support.store_servers import PASSWORD, USER, missing, running

pytestmark = pytest.mark.slow
_PARTS = ("data", "vocabulary", "links", "search")


def _dumped(folder: Path) -> Store:
    store = Store()
    version = max((each.name for each in (folder / "dumps").iterdir()), key=lambda name: [*map(int, name.split("."))])
    for part in _PARTS:
        store.load(gzip.decompress((folder / f"dumps/{version}/{part}.nq.gz").read_bytes()), format=RdfFormat.N_QUADS)
    return store


@pytest.mark.parametrize("kind", ["oxigraph", "virtuoso"])
def test_a_store_of_others_takes_every_graph_whole(releases: Releases, tmp_path: Path, kind: str) -> None:
    if missing(kind):
        pytest.skip(missing(kind))
    dumped = _dumped(releases.folders[-1])
    graphs = list(dumped.named_graphs())
    wanted = {graph.value: sum(1 for _ in dumped.quads_for_pattern(None, None, None, graph)) for graph in graphs}
    with running(kind, tmp_path) as server, httpx.Client(trust_env=False, timeout=120) as client:
        is_other = kind == "virtuoso"
        address = server.url.removesuffix("/sparql") + ("/sparql-graph-crud-auth" if is_other else "/store")
        auth = httpx.DigestAuth(USER, PASSWORD) if is_other else httpx.Auth()
        for graph in graphs:
            content = dumped.dump(format=RdfFormat.N_TRIPLES, from_graph=graph)
            told = {"graph-uri" if is_other else "graph": graph.value}
            head = {"Content-Type": "application/n-triples"}
            client.put(address, params=told, content=content, headers=head, auth=auth).raise_for_status()
        found = dict[str, int]()
        for iri in wanted:
            query = f"SELECT (COUNT(*) AS ?n) WHERE {{ GRAPH <{iri}> {{ ?s ?p ?o }} }}"
            asked = server.url if is_other else f"{server.url}/query"
            kept = {"Accept": "application/sparql-results+json"}
            answer = client.get(asked, params={"query": query}, headers=kept).raise_for_status().json()
            found[iri] = int(answer["results"]["bindings"][0]["n"]["value"])
    assert found == wanted and sum(wanted.values()) > 10_000
