"""The core of a name is its outermost quotation."""

import pytest

from pobratim.names.core import core


@pytest.mark.parametrize(
    ("name", "quoted", "mostly"),
    [
        ("ГУО «Гимназия № 3 «Луч» г. Витебска»", "Гимназия № 3 «Луч» г. Витебска", "Гимназия № 3 «Луч» г. Витебска"),
        ("Музей «Луч»", "Луч", "Музей «Луч»"),
        ("Гимназия № 3", "Гимназия № 3", "Гимназия № 3"),
        ("Луч» и «Заря", "Луч» и «Заря", "Луч» и «Заря"),
    ],
)
def test_the_core(name: str, quoted: str, mostly: str) -> None:
    assert core(name) == quoted and core(name, mostly=True) == mostly
