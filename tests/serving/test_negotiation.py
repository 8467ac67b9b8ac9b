"""Formats, encodings and languages by q-values (RFC 9110, section 12.5)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pobratim.query.answers import FORMATS_OF
from pobratim.serving.http.negotiation import (
    MEDIA_TYPES,
    choose,
    content_type,
    encoding,
    language,
    weights,
)

_ROWS, _TRIPLES = tuple(FORMATS_OF["select"]), tuple(FORMATS_OF["construct"])


@pytest.mark.parametrize(
    ("accept", "name"),
    [
        ("", "json"),
        ("*/*", "json"),
        ("text/csv", "csv"),
        ("TEXT/CSV", "csv"),
        ("text/csv;q=0.5, application/sparql-results+xml", "xml"),
        ("text/csv ; q = 0.9 , text/tab-separated-values;q=0.8", "csv"),
        ("text/*", "csv"),
        ("text/*, text/csv;q=0", "tsv"),
        ("*/*;q=0.1, text/csv;q=0.2", "csv"),
        ("*/*, application/sparql-results+json;q=0", "xml"),
        ("application/sparql-results+json;charset=utf-8", "json"),
        ("text/csv;q=2, application/sparql-results+xml;q=1", "xml"),
        ("text/csv;q=nonsense", "csv"),
    ],
)
def test_the_most_wanted_format_of_rows_is_chosen(accept: str, name: str) -> None:
    assert choose(accept, _ROWS) == (name, MEDIA_TYPES[name])


@pytest.mark.parametrize(
    ("accept", "name"),
    [
        ("text/turtle", "ttl"),
        ("application/rdf+xml;q=0.9, application/ld+json", "jsonld"),
        ("application/*", "nt"),
    ],
)
def test_the_most_wanted_format_of_triples_is_chosen(accept: str, name: str) -> None:
    assert choose(accept, _TRIPLES) == (name, MEDIA_TYPES[name])


@pytest.mark.parametrize(
    ("accept", "offered", "name"),
    [
        ("application/json", _ROWS, "json"),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", _ROWS, "xml"),
        ("text/plain", _TRIPLES, "nt"),
        ("application/json", _TRIPLES, "jsonld"),
    ],
)
def test_a_type_that_means_one_of_ours_is_answered_under_its_own_name(
    accept: str, offered: tuple[str, ...], name: str
) -> None:
    chosen = choose(accept, offered)
    assert chosen is not None
    assert chosen[0] == name
    assert chosen[1] in accept
    assert chosen[1] != MEDIA_TYPES[name]


def test_who_asks_for_xhtml_alone_gets_html() -> None:
    assert choose("application/xhtml+xml", ("html", "ttl")) == ("html", "text/html")
    assert choose("application/xhtml+xml;q=0.1, text/turtle", ("html", "ttl")) == ("ttl", "text/turtle")


@pytest.mark.parametrize(
    "accept", ["image/png", "*/*;q=0", "text/csv;q=0", "text/turtle", "/;q", "application/json;q=0"]
)
def test_what_is_not_offered_is_not_chosen(accept: str) -> None:
    assert choose(accept, _ROWS) is None


@given(st.text(max_size=200))
def test_any_header_gives_weights_between_nothing_and_one(header: str) -> None:
    assert all(0 <= weight <= 1 for _, weight in weights(header))
    assert choose(header, _ROWS) is None or choose(header, _ROWS) in [(name, MEDIA_TYPES[name]) for name in _ROWS]
    assert encoding(header) in ("", "gzip", "br")
    assert language(header) in ("ru", "en")


@pytest.mark.parametrize("value", ["nan", "NaN", "inf", "-inf", "1e999", "-1", "0x1", "1_0", "٣"])
def test_numbers_that_are_none_of_http_do_no_harm(value: str) -> None:
    ((_, weight),) = weights(f"text/csv;q={value}")
    assert 0 <= weight <= 1


@pytest.mark.parametrize(
    ("header", "name"),
    [
        ("", ""),
        ("identity", ""),
        ("gzip", "gzip"),
        ("gzip, deflate, br, zstd", "br"),
        ("gzip;q=1, br;q=0", "gzip"),
        ("gzip;q=0.5, identity;q=0.9", ""),
        ("gzip;q=0", ""),
        ("br;q=0, gzip;q=0, *;q=0", ""),
    ],
)
def test_the_best_encoding_the_client_takes(header: str, name: str) -> None:
    assert encoding(header) == name


@pytest.mark.parametrize(
    ("header", "lang"),
    [
        ("", "ru"),
        ("en", "en"),
        ("ru-BY,ru;q=0.9,en;q=0.8", "ru"),
        ("en-GB;q=0.8, ru;q=0.7", "en"),
        ("de, en;q=0.1", "en"),
        ("en;q=0, de", "ru"),
        ("*", "ru"),
    ],
)
def test_the_language_the_client_prefers(header: str, lang: str) -> None:
    assert language(header) == lang


def test_text_says_its_charset() -> None:
    assert content_type("text/csv") == "text/csv; charset=utf-8"
    assert content_type("application/sparql-results+json") == "application/sparql-results+json"
