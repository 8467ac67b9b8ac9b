"""Where a name ends and its place begins in a cell that holds both, in the ways in which clerks write it."""

import pytest

from pobratim.content import content_root
from pobratim.extract import Context
from pobratim.layout.columns import load_columns
from pobratim.layout.walk import Layout, ReportRow
from pobratim.shapes import part_places

_PARTED = [
    # a line of its own: a town, a body, a spot, a way of attending
    ("Приём делегации г. Тарту (Эстония) на Дне города\nКалуга, бульвар Победы", "Калуга, бульвар Победы"),
    ("Встреча с делегацией г. Лимасол (Республика Кипр)\nКалужская ратуша", "Калужская ратуша"),
    ("Открытый заплыв «Ока»\nнабережная г. Тарусы", "набережная г. Тарусы"),
    ("Поездка делегации района\nг. Ургут, г. Самарканд (Узбекистан)", "г. Ургут, г. Самарканд (Узбекистан)"),
    ("Телеконцерт\nДШИ № 3 им. С.Е. Артемьева (формат онлайн)", "ДШИ № 3 им. С.Е. Артемьева (формат онлайн)"),
    ("Форум медицинских университетов\nУфа, Конгресс-холл «Торатау»", "Уфа, Конгресс-холл «Торатау»"),
    ("День Республики\nплощадь Ленина", "площадь Ленина"),
    # a line that only goes on with the title
    ("Встреча с делегацией города\nБреста (Беларусь)", None),
    ("Мастер-класс\nпо гончарному делу", None),
    ("Открытие выставки\nхудожников г. Минска", None),
    ("Международный фестиваль\n«Славянское единство», г. Брянск", "г. Брянск"),
    # behind a comma, dash, stop or bracket
    ("Концерт «Дружба», Дом дружбы, г. Уфа", "Дом дружбы, г. Уфа"),
    ("Круглый стол (Дом дружбы, г. Уфа)", "Дом дружбы, г. Уфа"),
    ("Турнир по самбо – г. Могилёв, Ледовый дворец", "г. Могилёв, Ледовый дворец"),
    ("Ярмарка. Республика Беларусь, г. Пинск", "Республика Беларусь, г. Пинск"),
    ("Выставка «Шёлк», МВЦ «Казань Экспо»", "МВЦ «Казань Экспо»"),
    ("Ночь мексиканской культуры, дача Башенина", "дача Башенина"),
    ("Встреча с послом И.И. Петровым. Место проведения: г. Казань, ул. Муштари", "г. Казань, ул. Муштари"),
    ("Переговоры о создании лаборатории, по видеосвязи", "по видеосвязи"),
    ("Фестиваль «Весна», Ижевск – с. Бураново", "Ижевск – с. Бураново"),
    # what is no place
    ("Шахматный матч Глазов – Сьенфуэгос", None),
    ("Концерт «Дружба», ансамбль «Сябры»", None),
    ("Урок мира, школа № 5, гимназия № 3", None),
    ("Приём делегаций городов Бреста, Минска и Гродно", None),
]


@pytest.mark.parametrize(("cell", "place"), _PARTED)
def test_a_place_begins_where_a_reader_would_say_so(cell: str, place: str | None) -> None:
    namer = load_columns(content_root() / "ontology" / "columns.ttl")
    row = ReportRow(1, 1, "", {"name": cell, "place": cell}, 1)
    layout, origins = part_places(Layout((row,), "", (), 1, 0, 0), {}, Context("RU"), namer)
    cells = layout.rows[0].cells
    assert cells.get("place") == place
    if place is None:
        assert cells["name"] == cell
        return
    origin = origins[1]["place"]
    assert origin.raw == cell and cell[origin.start : origin.start + len(place)] == place
    name = cells["name"]
    between = cell[len(name) : origin.start].removesuffix("Место проведения: ")
    assert cell.startswith(name) and not between.strip(" \n,.(–")
