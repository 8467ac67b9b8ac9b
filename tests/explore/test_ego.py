"""Pictures of networks: who is in them, what is hidden, what a selection leaves out and what is opened."""

from dataclasses import replace

import pytest

from pobratim.explore import Index, Selection
from pobratim.explore.ego import ALL_LEAVES, LEAVES, ego_of, expand_of, levels_of
from pobratim.explore.neighbours import neighbours
from pobratim.explore.opening import MOST, STRONGEST, Opened, read_opened
from pobratim.explore.parties import Party, party_of
from pobratim.explore.picture import Edge, Ego, Node
from pobratim.explore.ties import ties_of

SMOLENSK, VITEBSK = "ru-smolensk", "by-vitebsk"


def _party(index: Index, ref: str) -> Party:
    found = party_of(index, ref)
    assert found is not None, ref
    return found


def _node(ego: Ego, ref: str) -> Node:
    [found] = [node for node in ego.nodes if node.id == ref]
    return found


def _edge(ego: Ego, one: str, other: str) -> Edge:
    [found] = [edge for edge in ego.edges if {edge.a, edge.b} == {one, other}]
    return found


def test_around_a_town_are_its_partners_with_the_institutions_that_join_them(index: Index) -> None:
    town = _party(index, SMOLENSK)
    ego = ego_of(index, town, Selection())
    tie = _edge(ego, SMOLENSK, VITEBSK)
    assert (tie.kind, tie.events, tie.agreements, tie.first, tie.last) == ("tie", 3, 1, "2023-01-16", "2023-03-10")
    partners = {tie.right.ref for tie in ties_of(index, town, limit=1000).rows if tie.level.code == "municipality"}
    assert {edge.a if edge.b == SMOLENSK else edge.b for edge in ego.edges if edge.kind == "tie"} == partners
    school = _node(ego, "institution:by-vitebsk-gymnasium-7")
    assert (school.level, school.town, _edge(ego, VITEBSK, school.id).kind) == ("institution", "Витебск", "member")
    assert _node(ego, SMOLENSK).ours and not _node(ego, VITEBSK).ours


@pytest.mark.parametrize("ref", [SMOLENSK, VITEBSK, "country:by", "country:ru", "region:ru-smo"])
def test_a_picture_hangs_together(ref: str, several: Index) -> None:
    ego = ego_of(several, _party(several, ref), Selection())
    ids = [node.id for node in ego.nodes]
    assert len(set(ids)) == len(ids) and len({edge.id for edge in ego.edges}) == len(ego.edges)
    assert {end for edge in ego.edges for end in (edge.a, edge.b)} == set(ids)
    reached, grown = {ego.seed}, True
    while grown:
        more = {end for edge in ego.edges if {edge.a, edge.b} & reached for end in (edge.a, edge.b)}
        grown = not more <= reached
        reached |= more
    assert reached == set(ids)
    members = [edge.a for edge in ego.edges if edge.kind == "member"]
    assert len(members) <= ALL_LEAVES and max([0, *map(members.count, members)]) <= LEAVES


def test_hidden_neighbours_are_counted_and_opened(index: Index) -> None:
    seed, town = _party(index, SMOLENSK), _party(index, VITEBSK)
    before = ego_of(index, seed, Selection())
    hidden = _node(before, VITEBSK).hidden
    counts = expand_of(index, town, seed, Selection(), (), "ru")
    assert hidden == counts.total > 0
    assert sum(group.count for group in counts.groups if group.by == "country") == hidden
    after = ego_of(index, seed, Selection(), (Opened(VITEBSK),))
    assert len(after.nodes) - len(before.nodes) == min(hidden, STRONGEST)
    assert _node(after, VITEBSK).hidden == max(0, hidden - STRONGEST)
    assert {node.id for node in before.nodes} < {node.id for node in after.nodes}
    [first, *_] = [group for group in counts.groups if group.by == "country"]
    some = ego_of(index, seed, Selection(), (Opened(VITEBSK, "country", first.key),))
    new = [node for node in some.nodes if node.id not in {each.id for each in before.nodes}]
    assert len(new) == first.count and {node.country for node in new} == {first.key}


def test_the_rest_is_one_node(index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pobratim.explore.opening.STRONGEST", 1)
    seed = _party(index, SMOLENSK)
    hidden = _node(ego_of(index, seed, Selection()), VITEBSK).hidden
    ego = ego_of(index, seed, Selection(), (Opened(VITEBSK),))
    rest = _node(ego, f"more:{VITEBSK}")
    assert (rest.level, rest.ref, rest.hidden, _edge(ego, VITEBSK, rest.id).kind) == (
        *("more", VITEBSK, hidden - 1),
        "participation",
    )
    assert rest.name == f"ещё {hidden - 1} {'участник' if hidden == 2 else 'участника' if hidden < 6 else 'участников'}"


def test_partners_without_room_are_one_node_and_their_countries_have_ties(
    index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    seed = _party(index, SMOLENSK)
    whole = ego_of(index, seed, Selection())
    only_there = {edge.b for edge in whole.edges if edge.kind == "participation"}
    tied = sum(edge.kind == "tie" for edge in whole.edges)
    monkeypatch.setattr("pobratim.explore.ego.PARTNERS", 2)
    few = ego_of(index, seed, Selection())
    rest = _node(few, f"more:{SMOLENSK}")
    assert rest.hidden == tied - 2 > 0 and rest.name.endswith(("партнёр", "партнёра", "партнёров"))
    assert {edge.b for edge in few.edges if edge.kind == "participation"} - {rest.id} == only_there
    opened = ego_of(index, seed, Selection(), (Opened(SMOLENSK),))
    assert len([node for node in opened.nodes if node.ref == SMOLENSK and node.level == "more"]) <= 1
    assert len({node.id for node in opened.nodes}) == len(opened.nodes)


def test_what_is_opened_is_read_of_an_address() -> None:
    known = read_opened(["by-vitebsk", "institution:by-x~country.ru", "by-vitebsk", "a~size.3", "b~kind.", ""])
    assert known == (Opened("by-vitebsk"), Opened("institution:by-x", "country", "ru"), Opened("by-vitebsk"))
    assert len(read_opened([f"by-{number}" for number in range(1000)])) == MOST


@pytest.mark.parametrize(
    "selection",
    [
        Selection(topic=("education",)),
        Selection(since="2023-02", until="2023-03"),
        Selection(country=("KZ",)),
        Selection(q="гимназия"),
    ],
)
def test_a_selection_moves_nobody(selection: Selection, index: Index) -> None:
    seed = _party(index, SMOLENSK)
    whole, some = ego_of(index, seed, Selection()), ego_of(index, seed, selection)
    assert [node.id for node in sorted(some.nodes, key=_id)] == [node.id for node in sorted(whole.nodes, key=_id)]
    assert [edge.id for edge in some.edges] == [edge.id for edge in whole.edges]  # a picture puts in order by it
    assert not any(node.out for node in whole.nodes) and not _node(some, SMOLENSK).out
    out = {edge.id for edge in some.edges if edge.out}
    assert out
    ties = {tie.iri.rpartition("/")[2] for tie in ties_of(index, seed, selection, limit=1000).rows}
    shown = {edge.id for edge in some.edges if edge.kind == "tie" and not edge.out}
    assert shown == ties & {edge.id for edge in some.edges}


def _id(node: Node) -> str:
    return node.id


def test_a_period_counts_only_its_events(index: Index) -> None:
    ego = ego_of(index, _party(index, SMOLENSK), Selection(since="2023-01", until="2023-01"))
    assert _edge(ego, SMOLENSK, VITEBSK).events == 2
    assert 0 < ego.hidden < ego.events


def test_around_a_country_are_the_towns_abroad_with_those_they_are_tied_to(several: Index) -> None:
    ego = ego_of(several, _party(several, "country:by"), Selection())
    inner = {edge.b if edge.a == ego.seed else edge.a for edge in ego.edges if ego.seed in (edge.a, edge.b)}
    assert SMOLENSK in inner and not {ref for ref in inner if ref.startswith("by-")}
    assert _edge(ego, SMOLENSK, VITEBSK).kind == "tie"
    assert _edge(ego, ego.seed, SMOLENSK).events >= _edge(ego, SMOLENSK, VITEBSK).events


def test_levels_begin_with_the_usual_one(several: Index) -> None:
    assert levels_of(several, _party(several, SMOLENSK))[0] == "municipality"
    assert levels_of(several, _party(several, "institution:by-vitebsk-gymnasium-7")) == ("institution",)
    assert set(levels_of(several, None)) == {"institution", "municipality", "region", "country"}


def test_the_whole_network_has_all_ties_of_its_level(several: Index) -> None:
    ego = ego_of(several, None, Selection(level=("institution",)))
    assert len(ego.edges) == ego.total == several.value("SELECT COUNT(*) FROM tie WHERE level = 'institution'")
    assert not ego.more and ego.seed == ""
    assert {node.level for node in ego.nodes} <= {"institution", "municipality"}
    codes = [land.code for land in ego.countries]
    assert codes.index("by") < codes.index("ru") < codes.index("cn")


def test_a_large_network_is_cut_to_its_strongest_ties(several: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pobratim.explore.ego.NODES", 10)
    ego = ego_of(several, None, Selection())
    assert len(ego.nodes) <= 10 and ego.more and ego.total > len(ego.edges) > 0
    strongest = several.value("SELECT MAX(events) FROM tie WHERE level = 'municipality'")
    assert max(edge.events for edge in ego.edges) == strongest


def test_a_report_loaded_twice_changes_nothing(index: Index, doubled: Index) -> None:
    one, other = (ego_of(each, _party(each, SMOLENSK), Selection()) for each in (index, doubled))
    assert one.edges == other.edges
    assert [replace(node, ours=False) for node in one.nodes] == [replace(node, ours=False) for node in other.nodes]


def test_neighbours_of_a_town_are_partners_and_institutions_each_once(index: Index) -> None:
    town = _party(index, VITEBSK)
    found = neighbours(index, [town.number])[town.number]
    assert len({each.party for each in found}) == len(found)
    assert [bool(each.tie) for each in found] == sorted((bool(each.tie) for each in found), reverse=True)
    school = _party(index, "institution:by-vitebsk-gymnasium-7")
    assert school.number in {each.party for each in found}
    assert town.number in {each.party for each in neighbours(index, [school.number])[school.number]}
