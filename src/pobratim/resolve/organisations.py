"""Which mentions name one organisation: a key for every mention, an entity for every key."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from pobratim.entities import Correction, OrganisationEntity, Undecided
from pobratim.ground.shared import shared
from pobratim.record import Institution
from pobratim.resolve.amending import of_side, set_fields
from pobratim.resolve.doubts import questions
from pobratim.resolve.identifying import naming
from pobratim.resolve.ledger import Verdicts
from pobratim.resolve.linking import Linker
from pobratim.resolve.merging import decided_keys
from pobratim.resolve.namings import Mention, Naming, merged, order
from pobratim.resolve.vocabulary import Vocabulary

MentionId = tuple[str, int, str]


@dataclass(slots=True)
class Organisations:
    """The outcome: a key for every mention (report, row, temporary id), the entities, and open questions.

    ``known`` are all keys that a decision may name, with the key that each thing has now. ``namings`` are those of the
    institutions by identity (``id``), ``linker`` has put them together.
    """

    linker: Linker

    keys: dict[MentionId, str] = field(default_factory=dict)
    entities: list[OrganisationEntity] = field(default_factory=list)
    undecided: list[Undecided] = field(default_factory=list)
    known: Mapping[str, str] = field(default_factory=dict)
    namings: Mapping[int, Naming] = field(default_factory=dict)


def resolve_organisations(
    mentions: Iterable[Mention],
    vocabulary: Vocabulary,
    decided: Verdicts,
    before: Mapping[MentionId, str] = MappingProxyType({}),
) -> Organisations:
    """Return keys and entities. The order of ``mentions`` changes nothing.

    ``before`` are the keys that mentions had when nothing was decided; decisions may name them.
    """
    same: dict[Naming, Naming] = {}  # one object for all that say the same: most names are told again and again
    said = ((mention, naming(mention, vocabulary)) for mention in mentions)
    named = [(mention, same.setdefault(name, name)) for mention, name in said]
    occurs: dict[Naming, set[str]] = defaultdict(set)
    for mention, name in named:
        occurs[name].add(mention.report)
    linker = Linker({name: shared(frozenset(found)) for name, found in occurs.items()}, vocabulary, decided)
    linker.run()
    former = {before[_id(mention)]: name for mention, name in reversed(named) if _id(mention) in before}
    merging = decided_keys(linker, decided, former)
    keys = merging.keys
    spoken: dict[str, list[tuple[Naming, Institution]]] = defaultdict(list)
    namings = {id(mention.institution): name for mention, name in named}
    outcome = Organisations(linker, known=merging.known, namings=namings)
    outcome.undecided = questions(linker.doubts(), lambda name: keys[linker.clusters.root(name)], decided)
    for mention, name in named:
        key = keys[linker.clusters.root(name)]
        outcome.keys[_id(mention)] = key
        spoken[key].append((name, mention.institution))
    # Where two sets have one key in spite of all, the last in order tells what it is.
    sets = sorted(linker.clusters.sets(), key=lambda group: order(group[0]))
    whole = {keys[group[0]]: merged(group, vocabulary) for group in sets}
    given = corrections(decided, merging.known.get)
    for key in sorted(spoken):
        entity = organisation_entity(key, whole[key], [one for _, one in spoken[key]])
        side = merging.sides.get(key)
        if side:
            told = [one for name, one in spoken[key] if name in side]
            entity = of_side(entity, organisation_entity(key, merged(side, vocabulary), told))
        outcome.entities.append(corrected(entity, given.get(key, ())))
    return outcome


def corrections(decided: Verdicts, final: Callable[[str], str | None]) -> dict[str, tuple[Correction, ...]]:
    """Return what people set right by final key; ``final`` tells that of a key, None for one unknown."""
    keys: dict[str, list[str]] = defaultdict(list)
    for key in sorted(decided.corrections, reverse=True):
        now = final(key)
        if now is not None:
            keys[now].append(key)
    return {now: decided.of(*former) for now, former in keys.items()}


def _id(mention: Mention) -> MentionId:
    return (mention.report, mention.row, mention.institution.id)


def corrected(one: OrganisationEntity, given: tuple[Correction, ...]) -> OrganisationEntity:
    """Return the organisation with the name and fields that people gave it; a place brings its region along."""
    fields = set_fields(given)
    names = [fields["name"]] if "name" in fields else []
    return replace(
        one,
        names=tuple(dict.fromkeys([*names, *one.names])),
        kind=fields.get("kind", one.kind),
        place=fields.get("place", one.place),
        country=fields.get("country", one.country),
        region="" if "place" in fields else one.region,
        corrections=given,
    )


def organisation_entity(key: str, name: Naming, ones: Sequence[Institution]) -> OrganisationEntity:
    """Return what all mentions of an organisation tell of it; ``name`` is its naming, put together."""
    spellings = Counter(one.name for one in ones)
    names = sorted(spellings, key=lambda text: (-spellings[text], -len(text), text))
    further = sorted({alias for one in ones for alias in one.aliases} - set(names))
    honorifics = Counter(one.honorific for one in ones if one.honorific)
    return OrganisationEntity(
        key,
        (*names, *further),
        name.kind,
        name.place,
        name.country,
        name.region,
        name.number,
        tuple(sorted({one.legal_form for one in ones if one.legal_form})),
        min(honorifics, key=lambda text: (-honorifics[text], text)) if honorifics else "",
    )
