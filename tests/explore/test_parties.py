"""Parties by their references, and who is ours."""

from pobratim.explore import Index
from pobratim.explore.parties import party_of


def test_every_party_is_found_by_its_reference_and_iri(several: Index) -> None:
    rows = several.rows("SELECT id, ref, iri, kind FROM party")
    for row in rows:
        for name in (row["ref"], row["iri"], row["ref"].upper()):
            party = party_of(several, name)
            assert party is not None and party.number == row["id"], name
    assert {row["kind"] for row in rows} >= {"place", "institution", "region", "country", "person"}
    assert party_of(several, "by-vitebks") is None and party_of(several, "") is None


def test_a_town_knows_where_it_is_and_what_it_is_called(index: Index) -> None:
    town = party_of(index, "by-vitebsk")
    assert town is not None and town.region is not None and town.country is not None
    assert (town.said("ru"), town.said("en"), town.country.said("ru")) == ("Витебск", "Vitebsk", "Беларусь")
    assert town.region.code == "BY-VI" and town.is_municipality and town.ties > 0 and town.events > 0
    assert town.lat is not None and 55 < town.lat < 56


def test_countries_and_regions_are_parties(index: Index) -> None:
    country, region = party_of(index, "country:by"), party_of(index, "region:ru-smo")
    assert country is not None and (country.name, country.said("en"), country.kind) == (
        "Беларусь",
        "Belarus",
        "country",
    )
    assert region is not None and region.country is not None and region.country.code == "RU" and region.is_ours


def test_short_names_leave_out_form_and_town(index: Index) -> None:
    rows = index.rows("SELECT name, short FROM party WHERE kind = 'institution' AND name LIKE '%г. Смоленска%'")
    assert rows and all("Смоленск" not in row["short"] for row in rows)


def test_ours_is_what_the_setting_names(index: Index) -> None:
    ours = {row["ref"] for row in index.among("SELECT ref FROM party WHERE id IN ({})", index.home.all)}
    assert {"ru-smolensk", "region:ru-smo", "country:ru"} <= ours and "ru-vyazma" not in ours
    assert any(ref.startswith("institution:ru-smolensk") for ref in ours)
    assert not any(ref.startswith("by-") for ref in ours)


def test_names_keys_and_regions_are_understood(index: Index) -> None:
    by_key, by_region = Index(index.file, ("ru-smolensk",)), Index(index.file, ("RU-SMO",))
    assert by_key.home == index.home and by_key.home.unknown == ()
    assert by_region.home.all > by_key.home.all
    unknown = Index(index.file, ("Смоленск", "Атлантида"))
    assert unknown.home.unknown == ("Атлантида",) and unknown.home.all == index.home.all


def test_without_a_setting_those_are_ours_whose_the_reports_are(several: Index) -> None:
    reporters = {row[0] for row in several.rows("SELECT DISTINCT reporter FROM account")}
    regions = {row["region"] for row in several.rows("SELECT DISTINCT region FROM report WHERE region NOT NULL")}
    named = {
        row[0]
        for row in several.rows("SELECT id, ref FROM party")
        if row["ref"].removeprefix("region:").upper() in regions
    }
    assert several.home.named == reporters | named and several.home.named < several.home.all
    assert regions and named
