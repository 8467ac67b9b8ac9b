"""The files that a browser filters say what the index says."""

import gzip
import json
from typing import Any

import httpx

from pobratim.explore import Index, Selection
from pobratim.explore.columns import NAMES, columns
from pobratim.explore.ties import selected_ties
from tests.support.server import Server, wait_for


def _read(index: Index, name: str) -> Any:
    return json.loads(gzip.decompress(columns(index, name)))


def test_columns_tell_of_every_tie_what_the_list_tells(several: Index) -> None:
    ties, parties = _read(several, "ties"), _read(several, "parties")
    codes, held = ties["codes"], ties["columns"]
    assert ties["generation"] == several.generation == 1 and ties["total"] == several.sizes["tie"]
    for tie in selected_ties(several, Selection(), limit=1000).rows:
        at = tie.number - 1
        assert {parties["columns"]["ref"][held[side][at]] for side in ("a", "b")} == {tie.left.ref, tie.right.ref}
        assert codes["level"][held["level"][at]] == tie.level.code and held["events"][at] == tie.events
        topics = {code for place, code in enumerate(codes["topics"]) if held["topics"][at] >> place & 1}
        assert topics == {topic.code for topic in tie.topics}
        years = dict(zip(held["years"][at][::2], held["years"][at][1::2], strict=True))
        assert years == {**tie.years, **({0: tie.undated} if tie.undated else {})}


def test_every_file_has_columns_of_one_length(several: Index) -> None:
    for name in NAMES:
        read = _read(several, name)
        assert {len(column) for column in read["columns"].values()} == {read["total"]}
    assert _read(several, "events")["total"] == several.sizes["event"]


def test_the_server_sends_them_packed_to_who_takes_that(served: Server) -> None:
    with served.client() as client:
        packed = wait_for(lambda: client.get("/explore/columns/ties.json"))
        plain = client.get("/explore/columns/ties.json", headers={"Accept-Encoding": "identity"})
        assert packed.headers["content-encoding"] == "gzip" and "content-encoding" not in plain.headers
        assert packed.json() == plain.json() and packed.json()["total"] > 10
        again = client.get("/explore/columns/ties.json", headers={"If-None-Match": packed.headers["etag"]})
        assert (again.status_code, again.content) == (304, b"")
        unknown: httpx.Response = client.get("/explore/columns/towns.json", headers={"Accept": "application/json"})
        assert unknown.status_code == 404 and "ties.json" in unknown.text
