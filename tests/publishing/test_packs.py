"""Packs: where a pattern finds each, the same bytes whatever the order."""

import gzip
import re

from pobratim.publishing.folder.documents import Documents
from pobratim.publishing.folder.packs import PACKED, pack_of, packed

BASE = "https://data.example.org"


def test_a_pattern_for_servers_names_the_pack_that_a_document_lies_in() -> None:
    documents = Documents(BASE, "packs")
    for path in (
        "id/activity/2023-01-27-meeting-by-vitebsk-d56987",
        "id/participation/2023-01-27-meeting-by-vitebsk-d56987/organisation/x-abc/host",
        "id/contact/2023-01-27-meeting-by-vitebsk-d56987/ru-a/by-b",
        "id/entry/smolensk-2023-q1/12",
        "id/mention/smolensk-2023-q1/1/name/24-42/kind-0",
    ):
        pack = documents.pack_of(documents.of(f"{BASE}/{path}"))
        [found] = [
            f"packs/{kind}/{match[1]}" for kind, pattern in PACKED.items() if (match := re.fullmatch(pattern, path))
        ]
        assert pack == f"{found}.nt.gz", path


def test_what_people_look_for_lies_in_no_pack() -> None:
    assert pack_of("doc/place/ru-smolensk") == ""
    assert Documents(BASE, "main").pack_of("doc/activity/2023-meeting-d56987") == ""


def test_a_pack_is_sorted_and_has_no_time() -> None:
    lines = [b"<b> <p> <o> .\n", b"<a> <p> <o> .\n", b"<b> <p> <o> .\n"]
    assert packed(lines) == packed(reversed(lines))
    assert gzip.decompress(packed(lines)) == b"<a> <p> <o> .\n<b> <p> <o> .\n"
