"""The graphs that no report has to itself, thing by thing: what is told of a thing is made once.

They are authority (what outlives a report), links out and search labels. A line about a thing has its IRI, or that of a
part of it, as subject; an agreement's label follows of its parties' names, an activity's of all its accounts' titles.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator

from pyoxigraph import NamedNode

from pobratim.entities import Account, Participation, Resolution
from pobratim.ground.sorted_lines import Leaving
from pobratim.rdf.authority import authority_graph
from pobratim.rdf.inputs import digest_of
from pobratim.rdf.iris import entity_iri
from pobratim.rdf.links import links_graph
from pobratim.rdf.search_labels import search_graph
from pobratim.rdf.terms import CV, DCT, Graph, Triple
from pobratim.rdf.vocabulary import concept

_SHORT = 16
"""Hexadecimal digits of a digest: there are many things."""


def shared_graphs(resolution: Resolution, base: str) -> list[Graph]:
    """Return the graphs whole."""
    return [authority_graph(resolution, base), links_graph(resolution, base), search_graph(resolution, base)]


def things_of(resolution: Resolution, edition: str, acting: Collection[str]) -> dict[str, str]:
    """Return a digest of all that the shared graphs of an edition of the program tell of each thing, by "type/key".

    ``acting`` are the keys of those people who have a class in something.
    """
    found = {
        f"{kind}/{one.key}": digest_of([edition, one])[:_SHORT]
        for kind, listed in (
            ("organisation", resolution.organisations), ("place", resolution.places), ("person", resolution.people),
            ("series", resolution.series),
        )
        for one in listed
    }  # fmt: skip
    for person in resolution.people:
        if person.key in acting:
            found[f"person/{person.key}"] += "+"
    titles: dict[str, list[str]] = defaultdict(list)
    for account in resolution.accounts:
        titles[account.activity].append(account.record.title)
    for activity in resolution.activities:
        found[f"activity/{activity.key}"] = digest_of([edition, activity.title, titles[activity.key]])[:_SHORT]
    for agreement in resolution.agreements:
        parties = [found.get(f"{kind}/{key}", "") for kind, key in agreement.parties]
        found[f"agreement/{agreement.key}"] = digest_of([edition, agreement, parties])[:_SHORT]
    return found


def acting_in(accounts: Iterable[Account]) -> set[str]:
    """Return the keys of the people who have a class in something of which accounts tell."""
    return {participation.agent[1] for participation in _persons_parts(accounts)}


def taking_part(accounts: Iterable[Account], base: str) -> Iterator[Triple]:
    """Yield which classes persons have in what they take part in, as reports tell: a shape asks of it."""
    for participation in _persons_parts(accounts):
        # The node stands for the one in the report: which it is says nothing here.
        node = NamedNode(entity_iri(base, "participation", participation.agent[1]))
        yield node, CV.hasParticipant, NamedNode(entity_iri(base, "person", participation.agent[1]))
        yield node, DCT.type, concept("person-class", participation.person_class)


def _persons_parts(accounts: Iterable[Account]) -> Iterator[Participation]:
    for account in accounts:
        for participation in account.participations:
            if participation.agent[0] == "person" and participation.person_class:
                yield participation


def only(resolution: Resolution, things: Collection[str]) -> Resolution:
    """Return a resolution of some things, with all that is needed to tell of them, and no reports."""
    agreements = [one for one in resolution.agreements if f"agreement/{one.key}" in things]
    heirs = (f"{kind}/{stays}" for kind, _, stays in resolution.replaced)
    wanted = {*things, *heirs, *(f"{kind}/{key}" for one in agreements for kind, key in one.parties)}
    return Resolution(
        accounts=[one for one in resolution.accounts if f"activity/{one.activity}" in things],
        activities=[one for one in resolution.activities if f"activity/{one.key}" in things],
        agreements=agreements,
        places=[one for one in resolution.places if f"place/{one.key}" in wanted],
        organisations=[one for one in resolution.organisations if f"organisation/{one.key}" in wanted],
        people=[one for one in resolution.people if f"person/{one.key}" in wanted],
        series=[one for one in resolution.series if f"series/{one.key}" in wanted],
        replaced=resolution.replaced,
    )


def leaving(things: Collection[str], base: str) -> Leaving:
    """Return which lines of a shared graph are about some things, or are made each time.

    That is what is told of no thing, and of what another came in place of.
    """
    begin = f"<{base}/id/"
    named = (f"{begin}{thing}" for thing in (*things, *(_post(one) for one in things if one.startswith("person/"))))
    subjects = [f"{one}{end}".encode() for one in named for end in (">", "/")]
    return Leaving(sorted(subjects), f" {DCT.isReplacedBy} ".encode(), begin.encode())


def _post(person: str) -> str:
    """Return the post of a holder: they are one thing."""
    return f"post/{person.partition('/')[2]}"
