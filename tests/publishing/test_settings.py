"""publication.toml: the template, each sort of fault with key, place and example, and the tables of codes."""

import re
from pathlib import Path

import pytest

from pobratim.errors import UsageError
from pobratim.messages import LANGUAGES, explain
from pobratim.publishing.authorities import authorities
from pobratim.publishing.keys import example_of, template, template_with
from pobratim.publishing.settings import EXAMPLE_BASES, examined, read_publication

OWN = template_with("https://ties.town.ru").replace('"0000000000"', '"7707083893"')
"""A publication without faults."""


def _file(folder: Path, text: str) -> Path:
    file = folder / "publication.toml"
    file.write_text(text, encoding="utf-8")
    return file


def test_the_template_is_whole_but_for_base_and_inn(tmp_path: Path) -> None:
    file = _file(tmp_path, template())
    publication, findings = examined(file)
    assert publication is None
    assert [(one.code, one.where.rpartition(" ")[2]) for one in findings] == [
        ("base-of-example", "base"), ("inn-digit", "publisher.inn"),
    ]  # fmt: skip
    assert read_publication(file, example=True).base in EXAMPLE_BASES


def test_all_that_is_said_is_read(tmp_path: Path) -> None:
    found = read_publication(_file(tmp_path, "\ufeff" + OWN))
    assert found.licence.iri.endswith("/licence/CC_BY_4_0") and found.licence.title == "Creative Commons Attribution"
    assert found.frequency.endswith("/frequency/QUARTERLY") and found.themes[0].endswith("/data-theme/INTR")
    assert found.publisher.kind.endswith("/LocalAuthority") and found.publisher.inn == "7707083893"
    assert (found.languages, found.pages, found.people) == (("ru", "en"), "main", "none")
    assert found.base == "https://ties.town.ru" and not found.is_example
    assert len(found.description["ru"]) >= 50 and found.keywords["en"][0] == "international ties"


FAULTS = [
    ('licence = "CC_BY_4_0"', "", "key-missing", "licence"),
    ('licence = "CC_BY_4_0"', 'licence = "https://town.ru/terms"', "licence-unknown", "licence"),
    ('"data@example.org"', '"data at town.ru"', "email-form", "contact.email"),
    ('"+70000000000"', '"8 (4812) 38-00-00"', "phone-form", "contact.phone"),
    ('inn = "7707083893"', 'inn = "7707083894"', "inn-digit", "publisher.inn"),
    ('inn = "7707083893"', "inn = 7707083893", "key-value", "publisher.inn"),
    ('public_url = "https://data.example.org"', 'public_url = "https://data.example.org/a b"', "address-form", ""),
    ('public_url = "https://data.example.org"', 'public_url = "/data"', "address-form", "public_url"),
    ('public_url = "https://data.example.org"', 'public_url = "https://город.рф"', "address-form", "public_url"),
    ('public_url = "https://data.example.org"', 'public_url = "https://a.ru/\\u0007"', "key-value", "public_url"),
    ('frequency = "QUARTERLY"', 'frequency = "quarterly"', "key-choice", "frequency"),
    ('people = "none"', 'people = "all"', "key-choice", "people"),
    ('themes = ["INTR", "GOVE"]', 'themes = ["INTR", "CULT"]', "key-choice", "themes"),
    ("valid_months = 12", "valid_months = 0", "key-number", "valid_months"),
    ('form = "3.0"', 'form = "4.0"', "key-choice", "passport.form"),
    ('set = "internationalties"', 'set = "связи"', "set-form", "passport.set"),
    ('set = "internationalties"', 'sett = "internationalties"', "key-unknown", "passport.sett"),
    ('en = "Open data unit (example)"', "", "key-missing", "contact.unit.en"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "code", "key"), FAULTS)
def test_a_fault_is_told_with_key_place_and_example(tmp_path: Path, old: str, new: str, code: str, key: str) -> None:
    assert old in OWN
    file = _file(tmp_path, OWN.replace(old, new, 1))
    findings = examined(file)[1]
    found = next(one for one in findings if one.code == code)
    assert found.where.startswith(str(file)) and found.where.endswith(key) and found.severity == "error"
    with pytest.raises(UsageError) as caught:
        read_publication(file)
    for lang in LANGUAGES:
        assert all("{" not in one.line(lang) and one.where in one.line(lang) for one in findings)
        assert findings[0].where in explain(caught.value, lang)
    assert caught.value.exit_code == 2


def test_a_missing_key_is_told_with_an_example_that_is_right(tmp_path: Path) -> None:
    [found] = examined(_file(tmp_path, OWN.replace('licence = "CC_BY_4_0"', "")))[1]
    assert 'licence = "CC_BY_4_0"' in found.remedy("ru")
    assert [example_of(key) for key in ("base", "nothing")] == ['"https://data.town.ru"', ""]


def test_one_language_missing_is_a_fault_of_each_text_unless_it_is_not_wanted(tmp_path: Path) -> None:
    russian = re.sub(r"(?m)^en = .*\n", "", OWN)
    missing = {one.where.rpartition(" ")[2] for one in examined(_file(tmp_path, russian))[1]}
    assert missing == {"title.en", "description.en", "keywords.en", "publisher.name.en", "contact.unit.en"}
    only = russian.replace('languages = ["ru", "en"]', 'languages = ["ru"]')
    assert read_publication(_file(tmp_path, only)).languages == ("ru",)


def test_a_short_description_and_a_file_that_is_none(tmp_path: Path) -> None:
    short = re.sub(r"(?ms)^\[description\]\nru = .*?\n", '[description]\nru = "Данные."\n', OWN)
    assert [one.code for one in examined(_file(tmp_path, short))[1]] == ["text-length"]
    for content in (b"title = ", b"\xff\xfe"):
        (tmp_path / "publication.toml").write_bytes(content)
        with pytest.raises(UsageError, match="publication-unreadable"):
            read_publication(tmp_path / "publication.toml")
    with pytest.raises(UsageError, match="publication-missing"):
        read_publication(tmp_path / "none.toml")


@pytest.mark.parametrize(
    "named",
    ["CC_BY_4_0", "https://creativecommons.org/licenses/by/4.0/", "http://creativecommons.org/licenses/by/4.0/deed.ru",
     "http://publications.europa.eu/resource/authority/licence/CC_BY_4_0"],
)  # fmt: skip
def test_a_licence_is_found_by_its_code_and_its_addresses(named: str) -> None:
    found = authorities().licence(named)
    assert found is not None and found.iri == "http://publications.europa.eu/resource/authority/licence/CC_BY_4_0"


@pytest.mark.parametrize("named", ["https://creativecommons.org/licenses/by/9.0/", "", "MIT"])
def test_no_other_licence_passes(named: str) -> None:
    assert authorities().licence(named) is None
