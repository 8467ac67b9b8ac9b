"""What a visitor reads of a page that hit a limit: what to do, and nothing of queries, of which he has asked none."""

from types import SimpleNamespace
from typing import cast

import pytest
from starlette.requests import Request

from pobratim.rdf.iris import DEFAULT_BASE
from pobratim.serving.http.error_page import refused
from pobratim.serving.settings import ServerSettings
from pobratim.serving.workers.engine import Engine
from pobratim.serving.workers.refusal import RefusedError


def _asks(accept: str, path: str) -> Request:
    headers = [(b"accept", accept.encode()), (b"accept-language", b"ru"), (b"host", b"127.0.0.1")]
    server = {"type": "http", "method": "GET", "scheme": "http", "server": ("127.0.0.1", 80), "query_string": b""}
    return Request({**server, "path": path, "root_path": "", "headers": headers})


@pytest.mark.parametrize(("code", "limit"), [("time-over", "5"), ("memory-over", "512")])
def test_a_late_page_says_what_to_do(code: str, limit: str) -> None:
    served = SimpleNamespace(base=DEFAULT_BASE, number=1, modified=None)
    engine = cast("Engine", SimpleNamespace(settings=ServerSettings(), served=served))
    error = RefusedError(503, code, {"limit": limit})
    page = bytes(refused(_asks("text/html", "/review/tie"), engine, error).body).decode()
    assert "Страница не успела составиться" in page and "LIMIT" not in page and "Запрос" not in page
    problem = bytes(refused(_asks("application/json", "/queries/pair"), engine, error).body).decode()
    assert limit in problem and "Запрос остановлен" in problem


def test_a_page_that_is_being_made_ready_opens_by_itself() -> None:
    served = SimpleNamespace(base=DEFAULT_BASE, number=1, modified=None)
    engine = cast("Engine", SimpleNamespace(settings=ServerSettings(), served=served))
    error = RefusedError(503, "explorer-making", retry_after=5)
    answer = refused(_asks("text/html", "/partners"), engine, error)
    page = bytes(answer.body).decode()
    assert (answer.status_code, answer.headers["refresh"], answer.headers["retry-after"]) == (503, "5", "5")
    assert "Данные готовятся к просмотру" in page and "503" not in page and "остановлен" not in page
    assert "refresh" not in refused(_asks("application/json", "/explore/ego"), engine, error).headers
