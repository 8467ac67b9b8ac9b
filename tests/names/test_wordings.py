"""Phrases of several wordings."""

from pobratim.names.wordings import one_wording


def test_phrases_have_one_wording() -> None:
    assert one_wording("БСМП") == "больница скорой помощи"
    assert one_wording("Национального природного парка «Угра»") == "парка «Угра»"
    assert one_wording("ОАО «Завод – управляющая компания холдинга «Х»") == "ОАО «Завод»"
