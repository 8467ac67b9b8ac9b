"""Whether a short name is made of the beginnings of the words of a full one."""

import pytest

from pobratim.names.initials import abbreviates


@pytest.mark.parametrize(
    ("short", "full", "holds"),
    [
        ("САТК", "Смоленский автотранспортный колледж", True),
        ("ДВФУ", "Дальневосточный федеральный университет", True),
        ("СмолГУ", "Смоленский государственный университет", True),
        ("САК", "Смоленский автотранспортный техникум", False),
        ("ДФУ", "Дальневосточный федеральный институт", False),
    ],
)
def test_initials_may_take_both_parts_of_a_compound(short: str, full: str, holds: bool) -> None:
    assert abbreviates(short, full) is holds


@pytest.mark.parametrize(
    ("short", "full", "same"),
    [
        ("СмолГУ", "Смоленский государственный университет", True),
        ("УУНиТ", "Уфимский университет науки и технологий", True),
        ("КФУ", "Казанский (Приволжский) федеральный университет", True),
        ("УрФУ", "Уральский федеральный университет имени первого президента", True),
        ("БГУ", "Брестский государственный технический университет", False),
        ("ОГУ", "Омская гимназия", False),
        ("школа", "Школа", False),
    ],
)
def test_abbreviations(short: str, full: str, same: bool) -> None:
    assert abbreviates(short, full) is same


def test_brackets_that_nothing_closes_are_left() -> None:
    assert abbreviates("СмолГУ", "Смоленский (областной) государственный университет")
    assert not abbreviates("СмолГУ", "Смоленский государственный университет (при (области")
