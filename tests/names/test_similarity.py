"""Words of two names that say the same."""

from pobratim.names.similarity import alike, one_person, typos


def test_words_that_say_the_same() -> None:
    assert typos({"витебский"}, {"витебскии"}) and not typos({"хлеб"}, {"хлев"}) and not typos({"школа12"}, {"школа13"})
    assert alike({"красный", "октябрь"}, {"красный", "октябрь", "имени"}) and not alike(
        {"октябрь"}, {"октябрь", "имени"}
    )
    assert not alike(set(), set())
    assert one_person({"жамбыл"}, {"джамбул"}) and not one_person({"пушкин"}, {"гоголь"})
