"""A fault of the program is told in words, and its cause to the log alone."""

from starlette.requests import Request

from pobratim.serving.app import _as_refusal


def test_a_fault_of_ours_is_told_in_words_without_its_cause() -> None:
    request = Request({"type": "http", "method": "GET", "path": "/partners", "headers": [], "query_string": b""})
    found = _as_refusal(request, ZeroDivisionError("secret of the machine"))
    assert found.status == 500
    assert found.detail("ru").startswith("Ответить не удалось: это ошибка программы")
    assert found.detail("en").startswith("There is no answer: this is a fault of the program")
    assert "secret" not in found.detail("ru") + found.detail("en") and "журнал сервера" in found.detail("ru")
