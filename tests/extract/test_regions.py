import pytest

from pobratim.extract.regions import of_region, region_called, regions_of
from pobratim.lexicon.lexicon import lexicon


@pytest.mark.parametrize(
    ("lemma", "region"),
    [("дагестанский", "RU-DA"), ("хэйлунцзянский", "CN-HL"), ("смоленский", "RU-SMO"), ("дагестан", ""), ("ский", "")],
)
def test_an_adjective_tells_the_regions_of_whose_names_it_is_made(lemma: str, region: str) -> None:
    found = regions_of(lexicon(), lemma)
    assert (region in found) if region else not found
    assert of_region(lexicon(), lemma) == bool(region)
    assert all(of_region(lexicon(), lemma, one) for one in found)
    assert not of_region(lexicon(), lemma, "RU-NO-SUCH")


def test_a_region_is_known_by_any_of_its_names() -> None:
    assert region_called(lexicon(), ["амурский край", "амурская область"]) == "RU-AMU"
    assert region_called(lexicon(), ["нигдейская область"]) == ""
