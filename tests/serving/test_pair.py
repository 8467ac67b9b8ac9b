"""Pairs under any name of their parties, and the sentences that ties, events and agreements are based on."""

from urllib.parse import unquote, urlsplit

import httpx
import pytest

pytestmark = pytest.mark.slow

TIE = "place-by-vitebsk--place-ru-smolensk"
EVENT = "2023-01-27-meeting-by-vitebsk-d56987"
PAGE = {"Accept": "text/html", "Accept-Language": "ru"}


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        ("/pair/Смоленск/Витебск", "/pair/ru-smolensk/by-vitebsk"),
        ("/pair/г. Смоленск/Витепск?lang=en", "/pair/ru-smolensk/by-vitebsk?lang=en"),
        ("/pair/ru-smolensk?add=Беларусь", "/pair/ru-smolensk/country:by"),
        ("/pair/ru-smolensk/by-vitebsk?add=Минск&topic=science", "/pair/ru-smolensk/by-vitebsk,by-minsk?topic=science"),
        ("/pair/ru-smolensk/by-vitebsk,by-vitebsk,ru-smolensk", "/pair/ru-smolensk/by-vitebsk"),
    ],
)
def test_names_lead_to_the_address_with_references(client: httpx.Client, given: str, meant: str) -> None:
    answer = client.get(given, headers=PAGE)
    assert (answer.status_code, unquote(answer.headers["location"])) == (303, meant)
    assert client.get(answer.headers["location"], headers=PAGE).status_code == 200


def test_a_name_that_nobody_has_is_told_with_what_comes_near(client: httpx.Client) -> None:
    answer = client.get("/pair/ru-smolensk/Школа искусств", headers=PAGE)
    assert answer.status_code == 404 and "Такой пары нет" in answer.text
    near = [part.partition('"')[0] for part in answer.text.split('<li><a href="')[1:]]
    links = [link for link in near if link.startswith("/pair/ru-smolensk/")]
    assert links and client.get(links[0], headers=PAGE).status_code == 200
    assert client.get("/pair/ru-smolensk/a/b", headers=PAGE).status_code == 404


def test_the_evidence_of_a_tie_is_walked(client: httpx.Client) -> None:
    first, last = (client.get("/explore/evidence", params={"tie": TIE, "at": at}).json() for at in (1, 4))
    assert (first["at"], first["total"], first["more"]) == (1, 4, True)
    assert (last["at"], last["more"], last["ground"]["kind"]) == (4, False, "agreement")
    assert first["quote"][1].startswith("Гимназии") and first["row"] == "14"
    assert first["report"] == "Смоленская область, I квартал 2023" and first["generation"] == 1
    assert first["cells"][0][0] == "Муниципальное образование"
    assert client.get("/explore/evidence", params={"tie": TIE, "at": 99}).json()["at"] == 4


def test_evidence_comes_as_a_part_of_a_page(client: httpx.Client) -> None:
    answer = client.get("/explore/evidence", params={"tie": TIE, "format": "html"}, headers=PAGE)
    assert answer.headers["content-type"].startswith("text/html") and "<mark>" in answer.text
    assert "<html" not in answer.text and "1 из 4" in answer.text and "<details><summary>" in answer.text
    opened = client.get("/explore/evidence", params={"event": EVENT, "row": "1", "format": "html"}, headers=PAGE)
    assert "<details open>" in opened.text and "data-walk" not in opened.text
    again = client.get(str(answer.url), headers={**PAGE, "If-None-Match": answer.headers["etag"]})
    assert again.status_code == 304


def test_of_an_event_the_phrase_of_who_is_asked_for_is_shown(client: httpx.Client) -> None:
    told = {
        refs: client.get("/explore/evidence", params={"event": EVENT, "for": refs}).json()["quote"][1]
        for refs in ("ru-smolensk", "ru-smolensk,by-vitebsk")
    }
    assert "Русишвили" in told["ru-smolensk"] and "Маладик" in told["ru-smolensk,by-vitebsk"]


@pytest.mark.parametrize(
    ("asked", "status"),
    [("tie=nobody--nowhere", 404), ("event=none", 404), ("agreement=none", 404), ("", 400), ("tie=" + "x" * 900, 404)],
)
def test_evidence_of_nothing_is_refused_in_plain_words(client: httpx.Client, asked: str, status: int) -> None:
    answer = client.get(f"/explore/evidence?{asked}", headers={"Accept": "application/json"})
    assert answer.status_code == status and answer.json()["detail"]


def test_a_dossier_leads_to_pairs(client: httpx.Client) -> None:
    page = client.get("/doc/place/by-vitebsk", headers=PAGE)
    assert page.text.count('href="/pair/by-vitebsk/') >= 2 and page.headers["link"].count("alternate") == 4
    hidden = client.get("/doc/place/by-vitebsk?topic=science", headers=PAGE).text
    assert "скрыто отбором" in hidden and urlsplit(str(page.url)).path == "/doc/place/by-vitebsk"
