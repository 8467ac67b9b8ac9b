"""Write final identities back into a record."""

from collections.abc import Iterable
from dataclasses import replace

from pobratim.record import Evidence, Institution, Record

_ROLES = ("party", "organiser", "host", "supporter", "participant", "venue", "other")


def named(record: Record, keys: dict[str, str], same_as: list[str]) -> Record:
    """Return the record with the ids of ``keys`` (temporary → final) and ``same_as``.

    Institutions that turn out to be one are put together: the first name, all spellings, the strongest role;
    evidence pointers follow.
    """
    merged: dict[str, Institution] = {}
    position: dict[int, int] = {}
    for index, one in enumerate(record.institutions):
        key = keys[one.id]
        position[index] = list(merged).index(key) if key in merged else len(merged)
        merged[key] = _together(merged[key], one) if key in merged else replace(one, id=key)
    return replace(
        record,
        institutions=list(merged.values()),
        people=[replace(p, institution=keys[p.institution]) if p.institution in keys else p for p in record.people],
        agreements=[
            replace(a, parties=_distinct(keys.get(party, party) for party in a.parties)) for a in record.agreements
        ],
        ties=[[keys.get(a, a), keys.get(b, b)] for a, b in record.ties],
        evidence=_pointing(record.evidence, position),
        same_as=same_as,
    )


def _together(known: Institution, more: Institution) -> Institution:
    spellings = _distinct([*known.aliases, more.name, *more.aliases])
    return replace(
        known,
        aliases=[text for text in spellings if text != known.name],
        role=strongest([known.role, more.role]),
        place=known.place or more.place,
        country=known.country or more.country,
        region=known.region or more.region,
        legal_form=known.legal_form or more.legal_form,
        honorific=known.honorific or more.honorific,
    )


def strongest(roles: Iterable[str]) -> str:
    """Return the strongest of some roles: a party before an organiser, a participant before a venue."""
    return min(roles, key=lambda role: (_strength(role), role))


def _strength(role: str) -> int:
    return _ROLES.index(role) if role in _ROLES else len(_ROLES)


def _distinct(texts: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(texts))


def _pointing(evidence: list[Evidence], position: dict[int, int]) -> list[Evidence]:
    """Return evidence whose pointers follow the institutions: the very same where none of these has moved."""
    if all(former == now for former, now in position.items()):
        return evidence
    pointers = [_pointer(one.value, position) for one in evidence]
    pairs = zip(evidence, pointers, strict=True)
    return [one if one.value == pointer else replace(one, value=pointer) for one, pointer in pairs]


def _pointer(value: str, position: dict[int, int]) -> str:
    parts = value.split("/")
    if len(parts) > 2 and parts[1] == "institutions" and parts[2].isdigit():
        parts[2] = str(position.get(int(parts[2]), int(parts[2])))
    return "/".join(parts)
