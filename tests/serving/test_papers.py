"""Files to take away as the server sends them: names lead to references, media types, what has no sense."""

import io
import re
from typing import Any
from urllib.parse import unquote

import httpx
import pytest
from docx import Document
from PIL import Image
from python_calamine import CalamineWorkbook

from tests.support.app_built import needs_app

pytestmark = pytest.mark.slow
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
RU = {"Accept-Language": "ru"}


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        ("/brief/Витебск.docx", "/brief/by-vitebsk.docx"),
        ("/brief/Витебск/г. Смоленск.docx?lang=en", "/brief/by-vitebsk/ru-smolensk.docx?lang=en"),
        ("/yearly/Смоленск/2023", "/yearly/ru-smolensk/2023"),
        ("/yearly/Смоленск/2023.xlsx", "/yearly/ru-smolensk/2023.xlsx"),
        ("/paths?from=Витебск&to=Гродно&lang=ru", "/paths?from=by-vitebsk&to=by-grodno&lang=ru"),
    ],
)
def test_names_lead_to_the_address_with_references(client: httpx.Client, given: str, meant: str) -> None:
    answer = client.get(given, headers=RU)
    assert (answer.status_code, unquote(answer.headers["location"])) == (303, meant)
    assert client.get(answer.headers["location"], headers=RU).status_code == 200


def test_a_brief_is_a_file_of_word_that_stays_the_same(client: httpx.Client) -> None:
    answer = client.get("/brief/by-vitebsk/ru-smolensk.docx", headers=RU)
    assert answer.status_code == 200 and answer.headers["content-type"] == WORD
    assert answer.headers["content-disposition"] == 'attachment; filename="brief-by-vitebsk-ru-smolensk.docx"'
    document = Document(io.BytesIO(answer.content))
    assert document.paragraphs[0].text == "Смоленск — Витебск: справка о связях"
    known = {**RU, "If-None-Match": answer.headers["etag"]}
    assert client.get("/brief/by-vitebsk/ru-smolensk.docx", headers=known).status_code == 304
    english = client.get("/brief/institution:nobody.docx", headers={"Accept-Language": "en"})
    assert english.status_code == 404


def test_lists_in_excel_follow_the_selection(client: httpx.Client) -> None:
    for path, rows in (("/events.xlsx?place=by-vitebsk", 5), ("/yearly/ru-smolensk/2023.xlsx", 30)):
        answer = client.get(path, headers=RU)
        assert answer.headers["content-type"] == EXCEL
        book = CalamineWorkbook.from_filelike(io.BytesIO(answer.content))
        assert len(book.get_sheet_by_index(0).to_python()) == rows + 1


SIGNED = "/doc/agreement/2023-01-27-agreement-by-vitebsk-art-school-3-ru-smolensk-art-school-8"


def test_a_thing_in_excel_has_its_parties_and_rows(client: httpx.Client) -> None:
    def sheets(path: str) -> dict[str, Any]:
        answer = client.get(path, headers=RU)
        assert answer.headers["content-type"] == EXCEL, answer.text[:200]
        book = CalamineWorkbook.from_filelike(io.BytesIO(answer.content))
        return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}

    agreement = sheets(f"{SIGNED}.xlsx")
    assert [*agreement] == ["Соглашения", "Стороны"] and agreement["Стороны"][0][:3] == [
        "Кто",
        "Вид организации",
        "Город",
    ]
    assert {row[2] for row in agreement["Стороны"][1:]} == {"Витебск", "Смоленск"}
    [link] = dict.fromkeys(re.findall(r'href="(/doc/activity/[^"?]+)"', client.get(SIGNED, headers=RU).text))
    event = sheets(f"{link}.xlsx")
    assert [*event] == ["Мероприятия", "Участники", "Кто сообщает"] and len(event["Участники"]) > 2
    report = sheets("/doc/report/smolensk-2023-q1.xlsx")
    assert len(report["Строки отчёта"]) == 35
    assert client.get("/doc/agreement/none.xlsx").status_code == 404


@pytest.mark.parametrize(
    ("page", "offered"),
    [
        (
            SIGNED,
            ["Таблица Excel", "Справка в Word", "Данные (RDF, Turtle)", "Данные (JSON-LD)", "Ссылка на эту страницу"],
        ),
        (
            "/doc/report/smolensk-2023-q1",
            ["Таблица Excel", "Данные (RDF, Turtle)", "Данные (JSON-LD)", "Ссылка на эту"],
        ),
    ],
)
def test_pages_of_things_offer_them(client: httpx.Client, page: str, offered: list[str]) -> None:
    menu = re.search(r'<details class="choose to-left take".*?</details>', client.get(page, headers=RU).text, re.S)
    assert menu is not None
    found = re.findall(r'<a href="([^"]+)">([^<]+)</a>', menu[0])
    assert all(said.startswith(start) for (_, said), start in zip(found, offered, strict=True))
    assert {client.get(link.replace("&amp;", "&"), headers=RU).status_code for link, _ in found} == {200}


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/events.xlsx?topic=nothing", 400),
        ("/time.xlsx?a=soon", 400),
        ("/dossier.xlsx?of=nobody", 400),
        ("/brief/by-vitebsk/by-vitebsk.docx", 400),
        ("/brief/Йцукенгш.docx", 404),
        ("/yearly/Йцукенгш/2023", 404),
        ("/yearly/ru-smolensk/2023.pdf", 404),
        ("/yearly/country:by/2023.xlsx", 400),
        ("/paths?from=Йцукенгш&to=Минск", 404),
        ("/other.xlsx", 404),
        ("/explore/ego?topic=nothing", 400),
    ],
)
def test_what_has_no_sense_is_refused(client: httpx.Client, path: str, status: int) -> None:
    answer = client.get(path, headers=RU)
    assert answer.status_code == status and answer.headers["content-language"] == "ru"


def test_every_page_offers_files_that_are_there(client: httpx.Client) -> None:
    pages = ("/partners", "/events", "/agreements", "/time", "/doc/place/ru-smolensk", "/pair/ru-smolensk/by-vitebsk")
    for path in (*pages, "/yearly/ru-smolensk/2023"):
        html = client.get(path, headers={**RU, "Accept": "text/html"}).text
        first, _, rest = html.partition('<div class="acts">')[2].partition('class="choose to-left take"')
        menu = first.rpartition('<a class="btn main"')[2] + rest.partition("</details>")[0]
        links = [each.partition('"')[0].replace("&amp;", "&") for each in menu.split('href="')[1:]]
        assert len(links) >= 2, path
        assert {client.get(link, headers=RU).status_code for link in links} == {200}, links


def test_pictures_stand_for_pages_elsewhere(client: httpx.Client) -> None:
    needs_app()
    for page in (
        "/doc/place/ru-smolensk",
        "/doc/organisation/ru-smolensk-administration",
        "/pair/ru-smolensk/by-vitebsk",
        "/",
    ):
        [picture] = re.findall(
            r'<meta property="og:image" content="[^"]*(/picture[^"]*)">', client.get(page, headers=RU).text
        )
        assert picture == f"/picture{page.rstrip('/')}.png?lang=ru"
        answer = client.get(picture)
        assert (answer.status_code, answer.headers["content-type"]) == (200, "image/png")
        assert "content-disposition" not in answer.headers
        assert Image.open(io.BytesIO(answer.content)).size == (1200, 630)
        assert client.get(picture, headers={"If-None-Match": answer.headers["etag"]}).status_code == 304
    for nothing in ("/picture/doc/place/nowhere.png", "/picture/events.png", "/picture/../etc/passwd.png"):
        assert client.get(nothing).status_code == 404
