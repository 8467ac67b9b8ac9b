"""Which pages a change may alter: over what stands between, to what is behind it, and from parties to their towns."""

import pytest

from pobratim.publishing.folder.affected import Changes
from pobratim.publishing.folder.memory import Digests

EDGES = {
    "doc/activity/a": "doc/organisation/school\ndoc/series/s",
    "doc/activity/b": "doc/organisation/club",
    "doc/tie/institution/school--club": "doc/activity/a\ndoc/organisation/school\ndoc/organisation/club",
    "doc/organisation/school": "doc/place/town\ndoc/activity/a\ndoc/tie/institution/school--club",
    "doc/organisation/club": "doc/place/village\ndoc/activity/b\ndoc/tie/institution/school--club",
    "doc/organisation/far": "doc/place/elsewhere",
    "doc/entry/r/1": "doc/activity/a\ndoc/report/r",
    "doc/report/r": "doc/entry/r/1",
    "doc/series/s": "",
}
FORMER = {
    document: Digests("same", "same", "same")
    for document in (*EDGES, "doc/place/town", "doc/place/village", "doc/place/elsewhere")
}


class _Around:
    """What stands beside documents, and what leads to them, by lines of edges."""

    def __init__(self, edges: dict[str, str]) -> None:
        self._edges = edges

    def beside(self, document: str) -> set[str]:
        return set(self._edges.get(document, "").split("\n")) - {""}

    def leading(self, document: str) -> set[str]:
        return {each for each in self._edges if document in self.beside(each)}


def _affected(now: dict[str, Digests], *gone: str, touched: set[str] | None = None) -> set[str]:
    kept = {document: each for document, each in FORMER.items() if document not in gone}
    return Changes(FORMER, {**kept, **now}, _Around(EDGES)).affected(touched=touched)


def test_nothing_changed_alters_nothing() -> None:
    assert _affected({}) == set()


@pytest.mark.parametrize(
    ("changed", "altered"),
    [
        # A tie leads to an event that lies in a pack, which does not know of it.
        ("doc/activity/a", {"doc/tie/institution/school--club", "doc/organisation/club", "doc/place/town"}),
        ("doc/organisation/school", {"doc/organisation/club", "doc/activity/a", "doc/place/village", "doc/series/s"}),
        ("doc/entry/r/1", {"doc/activity/a", "doc/organisation/school", "doc/place/town", "doc/report/r"}),
        ("doc/report/r", {"doc/entry/r/1", "doc/activity/a", "doc/organisation/school"}),
        ("doc/place/town", {"doc/organisation/school", "doc/organisation/club", "doc/tie/institution/school--club"}),
    ],
)
def test_what_says_something_else_alters_what_stands_behind_it(changed: str, altered: set[str]) -> None:
    found = _affected({changed: Digests("other", "other", "other")})
    assert altered | {changed} <= found
    assert "doc/organisation/far" not in found


def test_another_date_alters_the_page_of_dates_alone() -> None:
    edges = {**EDGES, "doc/activity/a": EDGES["doc/activity/a"] + "\ndoc/time", "doc/time": ""}
    former = {**FORMER, "doc/time": Digests("few", "few", "few")}
    now = {**former, "doc/time": Digests("more", "more", "more")}
    assert Changes(former, now, _Around(edges)).affected() == {"doc/time"}


def test_a_tie_of_areas_with_another_ground_alters_its_page_alone_and_a_new_one_what_it_rests_on() -> None:
    tie = "doc/tie/country/by--ru"
    edges = {**EDGES, tie: "doc/activity/a\ndoc/country/by"}
    former = {**FORMER, tie: Digests("one", "one", "one")}
    now = {**former, tie: Digests("two", "two", "two")}
    assert Changes(former, now, _Around(edges)).affected() == {tie}
    assert {tie, "doc/activity/a", "doc/organisation/school"} <= Changes(FORMER, now, _Around(edges)).affected()


def test_a_party_that_more_points_at_alters_itself_and_its_town_alone() -> None:
    assert _affected({"doc/organisation/club": Digests("same", "more", "more")}) == {
        "doc/organisation/club",
        "doc/place/village",
    }


def test_what_is_gone_alters_what_led_to_it() -> None:
    assert {"doc/organisation/school", "doc/tie/institution/school--club"} <= _affected({}, "doc/activity/a")


def test_what_came_alters_what_it_stands_beside_and_what_is_told_of_it() -> None:
    come = {"doc/activity/c": Digests("new", "new", "new"), "doc/series/s": Digests("same", "more", "more")}
    edges = {**EDGES, "doc/activity/c": "doc/organisation/club\ndoc/series/s", "doc/series/s": "doc/activity/a"}
    found = Changes(FORMER, {**FORMER, **come}, _Around(edges)).affected(touched={"doc/activity/c", "doc/series/s"})
    assert found == {"doc/activity/c", "doc/organisation/club", "doc/series/s", "doc/place/village"}


def test_an_event_in_a_pack_to_which_something_leads_anew_alters_what_shows_it() -> None:
    found = _affected({}, "doc/agreement/gone", touched={"doc/agreement/gone", "doc/activity/a"})
    assert {"doc/organisation/school", "doc/place/town", "doc/tie/institution/school--club"} <= found
    assert "doc/organisation/far" not in found
