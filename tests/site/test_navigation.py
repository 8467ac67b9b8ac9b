"""The sections of the site in its head and at its foot."""

from pobratim.site import navigation
from pobratim.site.kinds import KINDS
from pobratim.site.words import words


def test_only_sections_that_have_a_page_are_named() -> None:
    there = {kind.path for kind in KINDS}
    shown = [section for every in navigation.sections().values() for section in every]
    assert shown and all(section.path in there for section in shown)
    assert [section for section in (*navigation.HEAD, *navigation.FOOT) if section.path in there] == shown


def test_every_section_has_a_name() -> None:
    assert {f"nav-{section.name}" for section in (*navigation.HEAD, *navigation.FOOT)} <= words()["words"].keys()
