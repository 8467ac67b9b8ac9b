"""The period that a report is about, as a node: its first and last day, EDTF, and its name in words."""

from pyoxigraph import Literal, NamedNode

from pobratim.messages import LANGUAGES, Language, text
from pobratim.rdf.edtf import bounds
from pobratim.rdf.iris import entity_iri
from pobratim.rdf.terms import DCAT, DCT, EDTF, POB, Graph, day

_ROMAN = ("I", "II", "III", "IV")
"""How Russian numbers the parts of a year."""
_YEAR, _MONTH = len("2024"), len("2024-05")
_PARTS = {3: "period-quarter", 6: "period-half"}
"""How many months a part of the year has → the message that names it."""


def period_of_time(graph: Graph, period: str, base: str) -> NamedNode:
    """Add the node of a period (EDTF value or interval) and return it; the same period is the same node everywhere."""
    start, _, end = period.partition("/")
    node = NamedNode(entity_iri(base, "time", "--".join(filter(None, (start, end)))))
    graph.type(node, DCT.PeriodOfTime)
    graph.add(node, DCAT.startDate, day(bounds(start)[0]))
    graph.add(node, DCAT.endDate, day(bounds(end or start)[1]))
    graph.add(node, POB.edtf, Literal(period, datatype=EDTF.EDTF))
    for lang in LANGUAGES:
        graph.label(node, period_name(period, lang), lang)
    return node


def period_name(period: str, lang: Language) -> str:
    """Return a period in words: «I квартал 2023 года», «2010–2025 годы»; a span of days stays as it is."""
    start, _, end = period.partition("/")
    end = end or start
    if len(start) != len(end) or len(start) > _MONTH:
        return period
    years = {"since": start[:_YEAR], "year": end[:_YEAR]}
    if len(start) == _YEAR:
        return text("period-year" if start == end else "period-years", lang, **years)
    first, last = int(start[_YEAR + 1 :]), int(end[_YEAR + 1 :])
    names = text("period-month-names", lang).split("|")
    months = {"first": names[first - 1], "last": names[last - 1]}
    if years["since"] != years["year"]:
        return text("period-long", lang, **years, **months)
    length = last - first + 1
    if length in _PARTS and last % length == 0:
        number = last // length
        return text(_PARTS[length], lang, year=years["year"], part=_ROMAN[number - 1] if lang == "ru" else number)
    return text("period-month" if length == 1 else "period-months", lang, **years, **months)
