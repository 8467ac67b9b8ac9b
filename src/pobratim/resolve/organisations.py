"""Which mentions name one organisation: a key for every mention, an entity for every key."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from pobratim.entities import OrganisationEntity, Undecided
from pobratim.resolve.ledger import Verdicts
from pobratim.resolve.linking import Linker
from pobratim.resolve.merging import decided_keys
from pobratim.resolve.namings import Mention, Naming, merged, naming
from pobratim.resolve.vocabulary import Vocabulary

MentionId = tuple[str, int, str]


@dataclass(slots=True)
class Organisations:
    """The outcome: a key for every mention (report, row, temporary id), the entities, and open questions.

    ``known`` are all keys that a decision may name.
    """

    keys: dict[MentionId, str] = field(default_factory=dict)
    entities: list[OrganisationEntity] = field(default_factory=list)
    undecided: list[Undecided] = field(default_factory=list)
    known: frozenset[str] = frozenset()


def resolve_organisations(
    mentions: Iterable[Mention],
    vocabulary: Vocabulary,
    decided: Verdicts,
    before: Mapping[MentionId, str] = MappingProxyType({}),
) -> Organisations:
    """Return keys and entities. The order of ``mentions`` changes nothing.

    ``before`` are the keys that mentions had when nothing was decided; decisions may name them.
    """
    named = [(mention, naming(mention, vocabulary)) for mention in mentions]
    occurs: dict[Naming, set[str]] = defaultdict(set)
    for mention, name in named:
        occurs[name].add(mention.report)
    linker = Linker({name: frozenset(found) for name, found in occurs.items()}, vocabulary, decided)
    linker.run()
    former = {before[_id(mention)]: name for mention, name in reversed(named) if _id(mention) in before}
    merging = decided_keys(linker, decided, former)
    keys = merging.keys
    spoken: dict[str, list[Mention]] = defaultdict(list)
    outcome = Organisations(undecided=linker.open_questions(keys), known=frozenset(merging.known))
    for mention, name in named:
        key = keys[linker.clusters.root(name)]
        outcome.keys[_id(mention)] = key
        spoken[key].append(mention)
    whole = {keys[group[0]]: merged(group, vocabulary) for group in linker.clusters.sets()}
    names = {merging.known[key]: name for key, name in sorted(decided.names.items()) if key in merging.known}
    fields = {merging.known[key]: set_ for key, set_ in sorted(decided.fields.items()) if key in merging.known}
    entities = [_entity(key, whole[key], spoken[key]) for key in sorted(spoken)]
    outcome.entities = [_corrected(one, names.get(one.key, ""), fields.get(one.key, {})) for one in entities]
    return outcome


def _id(mention: Mention) -> MentionId:
    return (mention.report, mention.row, mention.institution.id)


def _corrected(one: OrganisationEntity, name: str, fields: Mapping[str, str]) -> OrganisationEntity:
    """Return the organisation with the name and fields that people gave it; a place brings its region along."""
    return replace(
        one,
        names=tuple(dict.fromkeys([name, *one.names])) if name else one.names,
        kind=fields.get("kind", one.kind),
        place=fields.get("place", one.place),
        country=fields.get("country", one.country),
        region="" if "place" in fields else one.region,
    )


def _entity(key: str, name: Naming, mentions: list[Mention]) -> OrganisationEntity:
    ones = [mention.institution for mention in mentions]
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
