"""The selection is its address; what it chooses, what it hides, and what its facets count add up."""

from dataclasses import fields

import pytest

from pobratim.errors import UsageError
from pobratim.explore import Index, Selection, bits
from pobratim.explore.chosen import OWN_KIND, chosen
from pobratim.explore.events import selected_events
from pobratim.explore.facets import FIELDS, facets
from pobratim.explore.index import SUBJECTS, Subject
from pobratim.explore.register import selected_agreements
from pobratim.explore.ties import selected_ties

PAIRS = [
    ("country", "BY"), ("country", "CN"), ("region", "RU-SMO"), ("place", "ru-smolensk"), ("with", "by-vitebsk"),
    ("kind", "contact"), ("level", "municipality"), ("topic", "culture"), ("mode", "online"), ("status", "signed"),
    ("from", "2023-Q1"), ("to", "2023-05-09"), ("q", "Витебск"),
]  # fmt: skip


def test_a_selection_reads_what_it_writes(several: Index) -> None:
    full = Selection.read([("place", "ru-smolensk"), *PAIRS[::-1]], several)
    assert list(full.pairs()) == PAIRS and Selection.read(full.pairs(), several) == full
    assert all(getattr(full, field.name) for field in fields(full))
    assert Selection.read([("lang", "en"), ("country", " ")], several) == Selection() and not Selection()


def test_values_are_known_in_either_case_and_once(several: Index) -> None:
    read = Selection.read([("country", "by"), ("country", "BY"), ("place", "RU-Smolensk")], several)
    assert read == Selection(country=("BY",), place=("ru-smolensk",))


@pytest.mark.parametrize("name", ["country", "place", "with", "kind", "level", "topic", "mode", "status", "from", "to"])
def test_an_unknown_value_is_told(name: str, several: Index) -> None:
    with pytest.raises(UsageError) as error:
        Selection.read([(name, "ru-smolenks")], several)
    assert "ru-smolenks" in str(error.value.values)
    assert name not in ("place", "with") or "ru-smolensk" in str(error.value.values["near"])


def test_values_are_added_and_taken_away() -> None:
    one = Selection().with_(country="BY").with_(country="CN", since="2023").with_(country="BY")
    assert one == Selection(country=("BY", "CN"), since="2023") and one.has("country", "CN")
    assert one.without("country", "BY") == Selection(country=("CN",), since="2023")
    assert one.without("country") == Selection(since="2023") and not one.without("since").without("country")


@pytest.mark.parametrize("subject", SUBJECTS)
@pytest.mark.parametrize(
    "selection",
    [
        Selection(),
        Selection(level=("municipality",)),
        Selection(country=("BY", "CN"), topic=("culture",)),
        Selection(mode=("online",), since="2023", until="2025-Q2"),
        Selection(place=("ru-smolensk",), kind=("contact", "festival")),
        Selection(partner=("by-vitebsk",), topic=("culture",)),
        Selection(place=("ru-smolensk", "country:ru"), partner=("by-vitebsk",), since="2023"),
        Selection(place=("region:ru-smo",), mode=("in-person",)),
    ],
)
def test_a_facet_counts_what_choosing_its_value_gives(subject: Subject, selection: Selection, several: Index) -> None:
    found = facets(several, subject, selection)
    assert set(found) == set(FIELDS)
    for field, values in found.items():
        assert len({value.label.code for value in values}) == len(values)
        for value in values:
            other = selection.without("since").without("until") if field == "year" else selection.without(field)
            if field != "year":
                other = other.with_(**{field: value.label.code})
                assert chosen(several, subject, other).bits.bit_count() == value.count, (field, value)
                assert value.is_chosen == selection.has(field, value.label.code)
    own = [value for value in found["kind"] if (OWN_KIND[subject], value.label.code) in several.labels]
    assert sum(value.count for value in own) == chosen(several, subject, selection.without("kind")).bits.bit_count()


def test_nothing_is_lost_between_what_is_shown_and_hidden(several: Index) -> None:
    for selection in (Selection(), Selection(country=("BY",)), Selection(level=("country",), since="2024")):
        ties = selected_ties(several, selection, limit=1000)
        events = selected_events(several, selection, limit=1000)
        agreements = selected_agreements(several, selection, limit=1000)
        for found in (ties, events, agreements):
            assert len(found.rows) == found.found and found.found + found.hidden == found.total
            assert len({row.number for row in found.rows}) == found.found
    assert ties.total == len(
        [tie for tie in selected_ties(several, Selection(), limit=1000).rows if tie.level.code == "country"]
    )


def test_pages_of_a_list_are_the_whole_list(several: Index) -> None:
    whole = [tie.iri for tie in selected_ties(several, Selection(), limit=1000).rows]
    pages = [
        tie.iri
        for start in range(0, len(whole), 7)
        for tie in selected_ties(several, Selection(), "strength", 7, start).rows
    ]
    assert pages == whole and len(whole) > 20


def test_time_is_chosen_to_the_day_as_to_the_quarter(several: Index) -> None:
    by_quarter = selected_events(several, Selection(since="2023-Q1", until="2023-Q1"), limit=1000)
    by_day = selected_events(several, Selection(since="2023-01-01", until="2023-03-31"), limit=1000)
    inside = selected_events(several, Selection(since="2023-01-02", until="2023-03-30"), limit=1000)
    assert [one.iri for one in by_quarter.rows] == [one.iri for one in by_day.rows] and by_day.found > 10
    assert {one.iri for one in inside.rows} <= {one.iri for one in by_day.rows} and inside.found > 10
    assert all(one.start <= "2023-03-30" and one.end >= "2023-01-02" for one in inside.rows)
    open_end = selected_events(several, Selection(since="2024"), limit=1000)
    assert all(one.end >= "2024-01-01" for one in open_end.rows) and 0 < open_end.found < open_end.total


def test_words_are_looked_for_in_names_and_titles(several: Index) -> None:
    ties = selected_ties(several, Selection(q="витебск сафон", level=("municipality",)))
    assert [{tie.left.name, tie.right.name} for tie in ties.rows] == [{"Сафоново", "Витебск"}]
    assert selected_events(several, Selection(q="такого слова нет")).found == 0
    for subject, q in (("event", "визит делег"), ("agreement", "соглаш"), ("event", "смоленс"), ("tie", "витеб смол")):
        words = Selection(q=q).words
        asked = {"event": "event", "agreement": "agreement", "tie": "tie"}[subject]
        own = "" if subject == "tie" else f"UNION ALL SELECT id, folded FROM {asked}"
        names: dict[int, list[str]] = {}
        sql = f"SELECT {asked}, folded FROM {asked}_of JOIN party ON party.id = party {own}"
        for number, folded in several.rows(sql):
            names.setdefault(number, []).extend((folded or "").split())
        found = {number for number, has in names.items() if all(_begun(word, has) for word in words)}
        assert found and chosen(several, subject, Selection(q=q)).bits == bits.of(found)  # type: ignore[arg-type]


def _begun(word: str, names: list[str]) -> bool:
    return any(one.startswith(word) for one in names)
