"""What is refused before it runs, and with which words."""

import asyncio

import pytest

from pobratim.serving.api.guard import admitted, admitted_update
from pobratim.serving.settings import Limits
from pobratim.serving.workers.federation import Federation
from pobratim.serving.workers.refusal import RefusedError

_LIMITS = Limits(query_bytes=300, depth=5, unions=3)


def _refused(sparql: str, services: bool = False) -> tuple[int, str, str]:
    with pytest.raises(RefusedError) as caught:
        admitted(sparql, _LIMITS, services)
    return caught.value.status, caught.value.code, caught.value.limit[0] if caught.value.limit else ""


def test_what_keeps_every_limit_is_admitted_with_its_outline() -> None:
    found = admitted("ASK {{{{{}}}}}", _LIMITS)
    assert (found.form, found.depth) == ("ask", 5)
    assert admitted("ASK {{} UNION {} UNION {} UNION {}}", _LIMITS).unions == 3


def test_a_long_query_is_refused_by_its_bytes_not_its_letters() -> None:
    assert admitted(f"ASK {{}} # {'a' * 280}", _LIMITS).form == "ask"
    assert _refused(f"ASK {{}} # {'я' * 280}") == (413, "query-too-long", "query_bytes")


@pytest.mark.parametrize("opening", ["{", "(", "[", "{("])
def test_a_deep_query_is_refused(opening: str) -> None:
    assert _refused("ASK " + opening * 6) == (400, "query-too-deep", "depth")


def test_a_wide_query_is_refused() -> None:
    assert _refused("ASK {{} UNION {} union {} UNION {} UNION{}}") == (400, "query-too-wide", "unions")


def test_services_are_let_through_only_where_there_are_any_and_the_text_is_plain() -> None:
    plain, doubtful = "ASK { SERVICE <http://x/> {} }", "ASK { FILTER(1<'>') SERVICE <http://x/> {} }"
    assert _refused(plain) == (403, "service-off", "")
    assert admitted(plain, _LIMITS, services=True).has_service
    assert _refused(doubtful, services=True) == (403, "service-off", "")


@pytest.mark.parametrize(
    "update",
    [
        "LOAD <http://x/>",
        "load silent <http://x/>",
        "DROP ALL ; #\nLOAD<http://x/>",
        "INSERT {} WHERE { SERVICE ?x {} }",
    ],
)
def test_updates_that_reach_out_are_refused(update: str) -> None:
    with pytest.raises(RefusedError) as caught:
        admitted_update(update, _LIMITS)
    assert caught.value.status == 403


def test_updates_within_the_store_are_admitted() -> None:
    admitted_update("PREFIX load: <http://x/> INSERT DATA { load:load load:service 'LOAD <http://x/>' }", _LIMITS)


@pytest.mark.parametrize(
    "hidden", ["SERVICE:x{ ?a ?b ?c }", "service:x#c\n{ ?a ?b ?c }", "SERVICESILENT:x{ ?a ?b ?c }"]
)
def test_no_service_stays_in_a_query_whose_services_are_taken_out(hidden: str) -> None:
    """The workers of a store on disk could reach the network."""
    query = f"PREFIX : <http://127.0.0.1:1/> ASK {{ SERVICE SILENT <http://x/> {{}} {hidden} }}"
    assert admitted(query, _LIMITS, services=True).has_service
    federation = Federation({"http://x/": "http://127.0.0.1:1/"}, _LIMITS)

    async def run() -> str:
        try:
            return await federation.without_services(query)
        finally:
            await federation.close()

    with pytest.raises(RefusedError) as caught:
        asyncio.run(run())
    assert caught.value.status == 400
