"""Connections under bounds: of one client and of all, trailers without an end, answers that nobody takes."""

import re
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import quote

import pytest

from pobratim.serving.http.connection import _encoded_line
from pobratim.serving.http.connections import Connections
from tests.support.server import Server, running_server

pytestmark = pytest.mark.slow

LARGE = "SELECT ?a ?b ?c ?d ?e ?f { ?a ?b ?c . ?d ?e ?f } LIMIT 60000"
"""An answer of many megabytes: more than the system keeps for a client that does not read."""
_POST = (
    b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\n"
    b"Transfer-Encoding: chunked\r\n\r\n5\r\nASK{}\r\n0\r\n"
)


@pytest.fixture(scope="module")
def small(example_directory: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    # What sends nothing would be cut off by itself only long after the patience of those who ask.
    limits = {"connections": "20", "taking_seconds": "1", "body_seconds": "600"}
    environment = {f"POBRATIM_LIMIT_{name.upper()}": value for name, value in limits.items()}
    with running_server(example_directory, tmp_path_factory.mktemp("small"), env=environment) as server:
        yield server


class _Spy:
    def __init__(self) -> None:
        self.closed = False

    def make_room(self) -> None:
        self.closed = True


def _entered(others: Connections, client: str, count: int) -> list[_Spy]:
    spies = [_Spy() for _ in range(count)]
    assert all(others.enter(spy, client) for spy in spies)
    return spies


def test_the_longest_idle_connection_of_a_client_makes_room() -> None:
    others = Connections(100, 3)
    first, second, third = _entered(others, "192.0.2.1", 3)
    others.busy(first)
    assert others.enter(_Spy(), "192.0.2.1")
    assert (first.closed, second.closed, third.closed) == (False, True, False)
    assert len(others) == 3


def test_a_connection_that_was_answered_is_the_last_to_make_room() -> None:
    others = Connections(100, 2)
    first, second = _entered(others, "192.0.2.1", 2)
    others.busy(first)
    others.idle(first)
    assert others.enter(_Spy(), "192.0.2.1")
    assert (first.closed, second.closed) == (False, True)


def test_where_all_places_are_taken_the_client_with_most_idle_ones_makes_room() -> None:
    others = Connections(5, 4)
    many, one = _entered(others, "192.0.2.1", 4), _entered(others, "192.0.2.2", 1)
    assert others.enter(_Spy(), "192.0.2.3")
    assert [spy.closed for spy in many] == [True, False, False, False]
    assert not one[0].closed


def test_where_nothing_is_idle_there_is_no_place() -> None:
    others = Connections(2, 2)
    for spy in _entered(others, "192.0.2.1", 2):
        others.busy(spy)
    refused = _Spy()
    assert not others.enter(refused, "192.0.2.2")
    others.leave(refused)
    others.leave(refused)
    assert len(others) == 2


def test_a_proxy_speaks_for_many_clients() -> None:
    others = Connections(100, 1, "192.0.2.1, 192.0.2.9")
    assert not any(spy.closed for spy in _entered(others, "192.0.2.1", 5))


@pytest.mark.parametrize(
    ("data", "wanted"),
    [
        (b"GET /search?q=a HTTP/1.1\r\nHost: x", (b"GET /search?q=a HTTP/1.1\r\nHost: x", False)),
        ("GET /?q=ё HTTP/1.1\r\nX: ё".encode(), (b"GET /?q=%D1%91 HTTP/1.1\r\nX: " + "ё".encode(), False)),
        ("\r\nGET /ё".encode(), (b"\r\nGET /%D1%91", True)),
    ],
)
def test_letters_of_the_first_line_are_percent_encoded(data: bytes, wanted: tuple[bytes, bool]) -> None:
    assert _encoded_line(data) == wanted


def test_idle_and_slow_connections_keep_nobody_out(small: Server) -> None:
    with ExitStack() as stack:
        for number in range(60):
            connection = stack.enter_context(socket.create_connection(("127.0.0.1", small.port)))
            if number % 2:
                connection.sendall(b"GET /sparql HTTP/1.1\r\nX-")
        with small.client() as client:
            assert [client.get(path).status_code for path in ("/health", "/search?q=a", "/")] == [200] * 3


def test_a_trailer_without_an_end_is_cut_off(served: Server) -> None:
    with socket.create_connection(("127.0.0.1", served.port), 120) as connection:
        connection.sendall(_POST + b"X: ")
        sent = 0
        with pytest.raises(ConnectionError):
            while sent < 50_000_000:
                sent += connection.send(b"a" * 65_536)
    assert sent < 50_000_000


def test_a_short_trailer_is_dropped_and_the_query_answered(served: Server) -> None:
    with socket.create_connection(("127.0.0.1", served.port), 120) as connection:
        connection.sendall(_POST + b"X-Forwarded-For: 192.0.2.1\r\n\r\n")
        assert connection.recv(65_536).startswith(b"HTTP/1.1 200 ")


def test_a_body_in_tiny_chunks_is_no_trailer(served: Server) -> None:
    query = b"ASK {}" + b" " * 8_000
    chunks = b"".join(b"1\r\n%c\r\n" % byte for byte in query)
    head = _POST.partition(b"5\r\n")[0]
    with socket.create_connection(("127.0.0.1", served.port), 120) as connection:
        connection.sendall(head + chunks + b"0\r\n\r\n")
        assert connection.recv(65_536).startswith(b"HTTP/1.1 200 ")


def _answered(server: Server) -> float:
    """How many queries have come to an end."""
    with server.client() as client:
        text = client.get("/metrics").raise_for_status().text
    return sum(map(float, re.findall(r"^pobratim_query_seconds_count\S* (\S+)", text, re.MULTILINE)))


def test_an_answer_that_nobody_takes_ends_the_connection(small: Server) -> None:
    before = _answered(small)
    with socket.create_connection(("127.0.0.1", small.port), 120) as connection:
        connection.sendall(f"GET /sparql?query={quote(LARGE)} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        while _answered(small) == before:
            time.sleep(0.1)
        time.sleep(6)
        taken = b""
        try:
            while piece := connection.recv(1_000_000):
                taken += piece
        except ConnectionResetError:
            pass
    announced = int(taken.partition(b"content-length: ")[2].partition(b"\r\n")[0])
    assert announced > 5_000_000
    assert len(taken) < announced


def test_raw_letters_in_an_address_are_taken(served: Server) -> None:
    address = "/queries/events-in-city.json?city=Витебск".encode()
    with socket.create_connection(("127.0.0.1", served.port), 120) as connection:
        connection.sendall(b"GET " + address + b" HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        answer = b""
        while piece := connection.recv(65_536):
            answer += piece
    assert answer.startswith(b"HTTP/1.1 200 ")
    assert "Витебск".encode() in answer
