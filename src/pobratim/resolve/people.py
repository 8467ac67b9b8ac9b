"""Persons in office: who is one, and under which key."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from pobratim.entities import Participation, PersonEntity
from pobratim.names.normalisation import folded, lemmas
from pobratim.names.similarity import adjective_of
from pobratim.record import Person
from pobratim.resolve.keys import person_key

_LEAST_PUBLIC = ("private", "head", "office", "honoured")


@dataclass(frozen=True, slots=True)
class PersonMention:
    """The ``index``-th person of a record; ``organisation`` is a key or "", ``place`` too."""

    report: str
    row: int
    index: int
    person: Person
    organisation: str
    place: str


def resolve_people(
    mentions: Iterable[PersonMention],
) -> tuple[dict[tuple[str, int, int], str], list[PersonEntity]]:
    """Return a key for every mention and the entities: one for each name (or post) and office."""
    keys: dict[tuple[str, int, int], str] = {}
    spoken: dict[str, list[PersonMention]] = defaultdict(list)
    for mention in mentions:
        key = key_of(mention)
        keys[mention.report, mention.row, mention.index] = key
        spoken[key].append(mention)
    return keys, [person_entity(key, spoken[key]) for key in sorted(spoken)]


def cautious(told: Iterable[tuple[str, Person]]) -> dict[str, tuple[str, str]]:
    """Return class and rule of each person, by key, in one activity: of what its rows tell, the least public."""
    found: dict[str, tuple[str, str]] = {}
    for key, person in told:
        one = (person.person_class, person.rule)
        found[key] = min(found.get(key, one), one, key=lambda each: (_LEAST_PUBLIC.index(each[0]), each[1]))
    return found


def with_classes(parts: Iterable[Participation], classes: Mapping[str, tuple[str, str]]) -> tuple[Participation, ...]:
    """Return a row's participations, those of persons with class and rule by key (``cautious``)."""
    return tuple(
        replace(part, person_class=classes[part.agent[1]][0], rule=classes[part.agent[1]][1])
        if part.agent[0] == "person"
        else part
        for part in parts
    )


def person_entity(key: str, mentions: Sequence[PersonMention]) -> PersonEntity:
    """Return what all mentions of a person tell."""
    name, post = (
        _usual(getattr(mention.person, part) for mention in mentions if getattr(mention.person, part))
        for part in ("name", "post")
    )
    return PersonEntity(key, name, post, min(mention.organisation for mention in mentions))


def key_of(mention: PersonMention) -> str:
    """Return the key that a mention makes by itself."""
    person = mention.person
    # «Ёлкин Борис» and «Борис Ёлкин» are one spelling of one name.
    name = " ".join(sorted(folded(person.name).split()))
    return person_key(name, folded(person.post), mention.organisation or mention.place)


def _usual(texts: Iterable[str]) -> str:
    counts = Counter(texts)
    return min(counts, key=lambda text: (-counts[text], text)) if counts else ""


def place_in_post(post: str, names: Iterable[str]) -> str:
    """Return the place name that a post names («Глава города Смоленска», «мэр Бобруйска»), else ""."""
    words = lemmas(post)
    for name in sorted(names, key=lambda text: (-len(text), text)):
        own = lemmas(name)
        if own and (set(own) <= set(words) or (len(own) == 1 and any(adjective_of(word, name) for word in words))):
            return name
    return ""
