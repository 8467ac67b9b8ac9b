"""Which mentions name one organisation: a key for every mention, an entity for every key."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from pobratim.entities import OrganisationEntity, Undecided
from pobratim.resolve.ledger import Verdicts
from pobratim.resolve.linking import Linker
from pobratim.resolve.namings import Mention, Naming, merged, naming
from pobratim.resolve.vocabulary import Vocabulary


@dataclass(slots=True)
class Organisations:
    """The outcome: a key for every mention (report, row, temporary id), the entities, and open questions."""

    keys: dict[tuple[str, int, str], str] = field(default_factory=dict)
    entities: list[OrganisationEntity] = field(default_factory=list)
    undecided: list[Undecided] = field(default_factory=list)


def resolve_organisations(mentions: Iterable[Mention], vocabulary: Vocabulary, decided: Verdicts) -> Organisations:
    """Return keys and entities. The order of ``mentions`` changes nothing."""
    named = [(mention, naming(mention, vocabulary)) for mention in mentions]
    occurs: dict[Naming, set[str]] = defaultdict(set)
    for mention, name in named:
        occurs[name].add(mention.report)
    linker = Linker({name: frozenset(found) for name, found in occurs.items()}, vocabulary, decided)
    linker.run()
    keys = linker.keys()
    spoken: dict[str, list[Mention]] = defaultdict(list)
    outcome = Organisations(undecided=linker.open_questions(keys))
    for mention, name in named:
        key = keys[linker.clusters.root(name)]
        outcome.keys[mention.report, mention.row, mention.institution.id] = key
        spoken[key].append(mention)
    whole = {keys[group[0]]: merged(group, vocabulary) for group in linker.clusters.sets()}
    outcome.entities = [_entity(key, whole[key], spoken[key]) for key in sorted(spoken)]
    return outcome


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
