"""Short names keep what tells apart."""

import pytest

from pobratim.names.short import short_name


@pytest.mark.parametrize(
    ("name", "forms", "abbreviations", "short"),
    [
        ("ГУО «Детская школа искусств № 3 «Маладик» г. Витебска»", (), ("ДШИ",), "ДШИ № 3 «Маладик»"),
        ("МБОУ «СШ № 8 с углубленным изучением языков» г. Смоленска", (), (), "СШ № 8"),
        ("Государственное учреждение образования «Средняя школа № 12 г. Витебска имени Л.Н. Филипенко»",
         ("государственное учреждение образования",), ("СШ",), "СШ № 12"),
        ("Музей «Старый замок» г. Гродно", (), (), "Музей «Старый замок»"),
        ("ФГБУК «Музей-заповедник Ю.А. Гагарина»", (), (), "Музей-заповедник Ю.А. Гагарина"),
        ("МБОУ гимназия г. Сафоново", (), (), "Гимназия"),
        ("МАЗ", (), (), "МАЗ"),
    ],
)  # fmt: skip
def test_short_names_keep_what_tells_apart(
    name: str, forms: tuple[str, ...], abbreviations: tuple[str, ...], short: str
) -> None:
    assert short_name(name, forms, abbreviations) == short
