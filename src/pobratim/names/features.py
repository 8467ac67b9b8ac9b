"""The features of an organisation's name: which level, what profile, what title, after whom it is called.

Words that names of one organisation keep or drop at will («государственный», «центральный») say nothing. A level
(областной), a profile (медицинский), a title in quotation marks, a person's name tell organisations apart.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from pobratim.lexicon.words import WORDS
from pobratim.names.core import core
from pobratim.names.normalisation import folded, lemmas
from pobratim.names.parts import INITIALS, QUOTED, before
from pobratim.names.telling import BY_LEVEL, LEVELS, PROFILES, SHORT, WEAK
from pobratim.names.wordings import FIELDS, one_wording, parted
from pobratim.record import Part
from pobratim.text.contracted import contracted
from pobratim.text.words import TOPONYMIC, word

_SPELLED = re.compile(
    r"^[^«\"„“]*\b(?:учреждени|обществ\w+ с огран|предприяти|организаци|акционерн)\w*[^«\"„“]*(?=[«\"„“])",
    re.IGNORECASE,
)
_INITIALLED = re.compile(r"(?<![А-ЯЁа-яё])[А-ЯЁ]\.\s*(?:[А-ЯЁ]\.\s*)?([А-ЯЁ][а-яё]+)")
_TWO_NAMES = re.compile(r"\b([А-ЯЁ][а-яё]+)\s+([А-ЯЁ][а-яё]+)")
_TOWN = WORDS.of("town-word")
_TOWN_LEVEL = WORDS.of("town-level")
_NATIONAL, WHOLE = WORDS.of("whole-country"), WORDS.of("level-of-country")
_NO_LEVEL = WORDS.pairs("level-no-more")
# «МОФ «Российский фонд мира»», «МБОУДОД ДЮСШ»: a legal form in initials that no list has.
_FORM = re.compile(r"\b[А-ЯЁ]{3,5}(?=\s*[«„“]|\s*\"\w)|\b[А-ЯЁ]{0,4}(?:БОУ|АОУ|КОУ|ГБУ|ГАУ)[А-ЯЁ]{0,4}(?=\s)")
_DASHES = str.maketrans("—–", "--")
_OF_REGION, _SHORT_AREAS = WORDS.pairs("regional"), WORDS.pairs("area-abbreviation")
_REGIONS = {*_OF_REGION.values(), *(short for short, area in _SHORT_AREAS.items() if area in _OF_REGION.values())}
_AREAS = {*_REGIONS, *_SHORT_AREAS, *_SHORT_AREAS.values()}
_SHORTESTINITIALS = 3
_SHORTEST_WORD = 4
STEM = 5
"""Letters that the forms of a dedication share: «Николая» and «Никольский», «Предтечи» and «Предтеченский»."""
_SAINTLY = WORDS.of("dedication")


@dataclass(frozen=True, slots=True)
class Features:
    """What a name says beside kind and place, as lemmas.

    ``profile`` are PROFILES, ``rest`` other words, ``title`` the words in quotation marks beside the kind, ``honour``
    whom it is named after, ``soft`` the words of the kind's label that the kind's own name lacks. ``acronym`` is a name
    in initials ("" if none), ``core`` the name that initials are made of.
    """

    levels: frozenset[str] = frozenset()
    profile: frozenset[str] = frozenset()
    rest: frozenset[str] = frozenset()
    title: frozenset[str] = frozenset()
    honour: frozenset[str] = frozenset()
    soft: frozenset[str] = frozenset()
    acronym: str = ""
    core: str = ""
    dedicated: bool = False
    placed: bool = False

    @property
    def words(self) -> frozenset[str]:
        """Return all that tells organisations apart but the level and the person."""
        return self.profile | self.rest | self.title


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a name beside its text: lemmas that kind, place and legal form say already (``explained``).

    ``kind`` are those of the kind alone: a quotation without one is a title; ``soft`` those of its labels only. A
    ``seated`` body is one of its place, so that a place in quotation marks is no title («МО «Город Смоленск»»). Of a
    ``placed`` one the region behind its town is no level («Администрация города … области»). What is ``dedicated`` (a
    church) is told by whom or what it is dedicated to, in whatever form; ``placed_words`` are those of its place's
    name; ``host`` the state to which a mission is accredited; ``state`` what its own country is called.
    """

    explained: frozenset[str]
    kind: frozenset[str]
    soft: frozenset[str]
    honour: frozenset[str]
    seated: bool
    placed: bool
    dedicated: bool = False
    placed_words: frozenset[str] = frozenset()
    host: str = ""
    state: frozenset[str] = frozenset()


@lru_cache(maxsize=100_000)
def features(name: str, known: Known, honour: Part | None = None) -> Features:
    """Return the features of a name without its numbers; ``honour`` is the part of it that tells whom it honours."""
    plain = _SPELLED.sub(_level_of_form, one_wording(name)).translate(_DASHES)
    whole = core(plain, mostly=True)
    # Behind the person stands whose part or where it is, which place and owner tell.
    person, plain = (known.honour, before(plain, honour)) if known.honour else _initialled(plain)
    acronym, title, plain = _taken_apart(plain, known)
    surfaces = folded(plain).split()
    spoken = [pair for surface in surfaces for pair in _spoken(surface, known)]
    left_out = known.explained | WEAK | known.honour | LEVELS.keys() | {"", folded(acronym)}
    kept = frozenset(
        lemma
        for lemma, surface in spoken
        if lemma not in left_out and (surface not in left_out or lemma in SHORT.values())
        if surface.isdigit() or len(surface) > 1
    )
    return Features(
        levels=_levels(spoken, known),
        profile=kept & PROFILES,
        rest=_without_given_names(kept - PROFILES, person) | ({f"@{known.host}"} if known.host else frozenset()),
        title=title,
        honour=person,
        soft=frozenset(lemma for lemma, surface in spoken if lemma in known.soft and _telling(surface)),
        acronym=acronym,
        core=whole,
        dedicated=known.dedicated,
        placed=known.placed,
    )


def _level_of_form(spelled: re.Match[str]) -> str:
    """Return the level that a legal form tells with its words («… областная организация»), else nothing."""
    return " ".join(lemma for lemma in lemmas(spelled[0]) if lemma in BY_LEVEL) + " "


def _telling(surface: str) -> bool:
    """Tell whether a word of a kind's label says what sort it is: an abbreviation of the label says nothing."""
    return len(surface) > _SHORTEST_WORD and (word(surface).known or "-" in surface)


def _initialled(plain: str) -> tuple[frozenset[str], str]:
    """Return the lemmas of a surname behind initials or a given name («Музей М. Шагала»), and the name without them."""
    found = _INITIALLED.search(plain)
    if found is None:
        named = (m for m in _TWO_NAMES.finditer(plain) if word(m[1]).has("Name") and word(m[2]).has("Surn"))
        found = next(named, None)
    return (frozenset(lemmas(found[found.re.groups])), plain.replace(found[0], " ")) if found else (frozenset(), plain)


def _without_given_names(said: frozenset[str], honour: frozenset[str]) -> frozenset[str]:
    """Leave out given names beside a surname: «Музей Марка Шагала» honours whom «Музей М. Шагала» does."""
    given = frozenset(lemma for lemma in said if word(lemma).has("Name") and word(lemma).known)
    return said - given if said - given or honour else said


def _levels(spoken: list[tuple[str, str]], known: Known) -> frozenset[str]:
    behind = _AREAS if known.placed_words & {lemma for lemma, _ in spoken} else _REGIONS
    said = {LEVELS[lemma] for lemma, _ in spoken if lemma in LEVELS and not (known.placed and lemma in behind)}
    if known.seated and len(said) > 1:
        # «Администрация … района … области»: of the region's district.
        said -= _OF_REGION.keys()
    said -= {_NO_LEVEL[lemma] for lemma, _ in spoken if lemma in _NO_LEVEL}
    if not said and not known.host and any(lemma in known.state | _NATIONAL for lemma, _ in spoken):
        said = set(WHOLE)
    town = known.seated and any(surface in _TOWN or lemma in _TOWN for lemma, surface in spoken)
    return frozenset(said | _TOWN_LEVEL if town and not said else said)


def _spoken(surface: str, known: Known) -> list[tuple[str, str]]:
    """Return (lemma, surface) of a word, and of what it abbreviates."""
    meanings, head = contracted(surface)
    if head:
        return [(lemma, lemma) for lemma in (*meanings, head)]
    if surface in SHORT and not word(surface).known:
        return [(SHORT[surface], surface)]
    found = [(FIELDS.get(lemma, lemma), surface) for lemma in lemmas(surface)]
    if known.dedicated:
        found = _dedication(found)
    elif "-" in surface and known.placed_words:
        found = _without_place(surface, found, known.placed_words)
    short = [SHORT[key] for key in {surface, *lemmas(surface)} if key in SHORT]
    return [*found, *((lemma, surface) for lemma in short)]


def _dedication(found: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return the stems of what a church is dedicated to («Николая», «Никольский»), profiles where a word is one."""
    whole = [parted(lemma.replace("ново-", "ново")) for lemma, _ in found]
    stems = [(part[:STEM], part) for lemma in whole for part in lemma.split("-") if part not in _SAINTLY]
    return [pair for pair in found if pair[0] in PROFILES] or stems


def _without_place(surface: str, found: list[tuple[str, str]], placed: frozenset[str]) -> list[tuple[str, str]]:
    """Return the one part of a joined word that is not the town told already («Динамо-Брянск»), else what was found."""
    parts = [part for part in surface.split("-") if not placed & {part, *lemmas(part)}]
    return [(lemma, part) for part in parts for lemma in lemmas(part)] if 0 < len(parts) < 2 else found


def _taken_apart(plain: str, known: Known) -> tuple[str, frozenset[str], str]:
    """Return the initials of a name, the words of its title, and the name without the title."""
    acronym, title = "", frozenset[str]()
    plain = _FORM.sub(lambda found: "" if folded(found[0]) not in known.explained | SHORT.keys() else found[0], plain)
    for quoted in QUOTED.finditer(plain):
        inner = quoted[1].strip()
        said = {part for lemma in lemmas(inner) for part in _without_town(lemma, known) if part}
        said |= {head for surface in folded(inner).split() if (head := contracted(surface)[1])}
        if INITIALS.fullmatch(inner) and folded(inner) not in known.explained:
            acronym = inner
        elif said and not said & known.kind:
            title |= said - known.explained - WEAK if known.seated else _own_words(said, known)
            plain = plain.replace(quoted[0], " ")
    found = (t for t in INITIALS.findall(plain) if len(t) >= _SHORTESTINITIALS and folded(t) not in known.explained)
    return acronym or ("" if title else next(found, "")), title, plain


def _without_town(lemma: str, known: Known) -> list[str]:
    """Return the parts of a title's word but for the town that is put behind («Металлург-Жлобин»)."""
    parts = lemma.split("-")
    return [part for part in parts if part not in known.placed_words] or parts if len(parts) > 1 else parts


def _own_words(said: set[str], known: Known) -> set[str]:
    """Return the words of a title without the adjective that only gives the place («Витебские ковры»)."""
    own = {lemma for lemma in said if lemma not in known.explained or lemma in known.placed_words}
    return own or (set() if all(lemma.endswith(TOPONYMIC) for lemma in said) else said)
