"""The features of an organisation's name: which level, what profile, what title, after whom it is called.

Words that names of one organisation keep or drop at will («государственный», «центральный») say nothing. A level
(областной), a profile (медицинский), a title in quotation marks, a person's name tell organisations apart.
"""

from dataclasses import dataclass
from functools import lru_cache

from pobratim.ground.shared import shared
from pobratim.lexicon.words import WORDS
from pobratim.names.core import core
from pobratim.names.initials import in_initials
from pobratim.names.normalisation import folded, lemmas
from pobratim.names.parts import before, cut, dedication, stands_in
from pobratim.names.similarity import akin
from pobratim.names.telling import BY_LEVEL, LEVELS, OF_WHOM, PROFILES, SHORT, WEAK
from pobratim.names.wordings import FIELDS, one_wording, parted, persons_lemma
from pobratim.record import Part, Parts
from pobratim.text.contracted import contracted
from pobratim.text.words import TOPONYMIC, word

_TOWN = WORDS.of("town-word")
_TOWN_LEVEL = WORDS.of("town-level")
_NATIONAL, WHOLE = WORDS.of("whole-country"), WORDS.of("level-of-country")
_NO_LEVEL = WORDS.pairs("level-no-more")
_DASHES = str.maketrans("—–", "--")
_OF_REGION, _SHORT_AREAS = WORDS.pairs("regional"), WORDS.pairs("area-abbreviation")
_REGIONS = {*_OF_REGION.values(), *(short for short, area in _SHORT_AREAS.items() if area in _OF_REGION.values())}
_AREAS = {*_REGIONS, *_SHORT_AREAS, *_SHORT_AREAS.values()}
_SHORTEST_SORT = 3
"""Letters of a word that tells a sort («бар», «мир»)."""
STEM = 5
"""Letters that the forms of a dedication share: «Николая» and «Никольский», «Предтечи» and «Предтеченский»."""
_SAINTLY = WORDS.of("dedication")


@dataclass(frozen=True, slots=True)
class Features:
    """What a name says beside kind and place, as lemmas.

    ``profile`` are PROFILES, ``rest`` other words, ``title`` the words in quotation marks beside the kind, ``honour``
    whom it is named after, ``soft`` the words of the kind's label that the kind's own name lacks, ``of_whom`` those of
    men or women, ``several`` the title's nouns that are in the plural. ``acronym`` is a name in initials ("" if none),
    ``core`` the name that initials are made of. ``own`` tells whether the kind's own name stands in it,
    ``after`` are the adjectives of its town.
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
    of_whom: frozenset[str] = frozenset()
    several: frozenset[str] = frozenset()
    own: bool = False
    after: frozenset[str] = frozenset()

    @property
    def words(self) -> frozenset[str]:
        """Return all that tells organisations apart but the level and the person."""
        return self.profile | self.rest | self.title


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a name beside its text: lemmas that its place and legal form say already (``explained``).

    ``around`` are those that kind, country and region say: many, and one object for all names of one kind, or region.
    ``kind`` are those of the kind alone: a quotation without one is a title; ``soft`` those of its labels only, ``own``
    those of its own name where it puts several sorts together, ``after`` the adjectives of its town. A
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
    around: tuple[frozenset[str], ...] = ()
    own: frozenset[str] = frozenset()
    after: frozenset[str] = frozenset()

    def says(self, lemma: str) -> bool:
        """Tell whether a lemma is explained, by whatever."""
        return lemma in self.explained or any(lemma in said for said in self.around)


@dataclass(frozen=True, slots=True)
class Told:
    """What of a name's parts features are made of, as texts: the same wherever the name stands."""

    numbers: tuple[str, ...] = ()
    form: str = ""
    title: str = ""
    honour: str = ""
    person: str = ""
    initials: tuple[str, ...] = ()
    unlisted: tuple[str, ...] = ()

    @classmethod
    def of(cls, parts: Parts) -> "Told":
        """Return the texts of parts, phrases in the wording in which names are compared."""

        def text(part: Part | None) -> str:
            return one_wording(part.text).translate(_DASHES) if part else ""

        return cls(
            tuple(map(text, parts.numbers)),
            text(parts.legal_form),
            text(parts.title),
            text(dedication(parts)),
            text(parts.person),
            tuple(filter(in_initials, map(text, parts.initials))),
            tuple(map(text, parts.unlisted)),
        )


@lru_cache(maxsize=100_000)
def features(name: str, told: Told, known: Known) -> Features:
    """Return the features of a name of which parts tell something; its numbers are none of them."""
    plain = cut(one_wording(name).translate(_DASHES), *told.numbers)
    if stands_in(told.form, plain):
        plain = f"{_levels_of_form(told.form)} {cut(plain, told.form)}"
    whole = core(plain, mostly=True)
    # Behind the person stands whose part or where it is, which place and owner tell.
    person, plain = (known.honour, before(plain, told.honour)) if known.honour else _about(plain, told)
    acronym, title, plain = _taken_apart(plain, told, known)
    surfaces = folded(plain).split()
    spoken = [pair for surface in surfaces for pair in _spoken(surface, known)]
    weak = known.honour | {"", folded(acronym)}

    def is_left_out(said: str) -> bool:
        return said in WEAK or said in LEVELS or said in weak or known.says(said)

    every = frozenset(lemma for lemma, _ in spoken)
    kept = frozenset(
        lemma
        for lemma, surface in spoken
        if not is_left_out(lemma) and (not is_left_out(surface) or lemma in SHORT.values())
        if surface.isdigit() or len(surface) > 1
    )
    return Features(
        levels=shared(_levels(spoken, known)),
        profile=shared(kept & PROFILES),
        rest=shared(_without_given_names(kept - PROFILES, person) | ({f"@{known.host}"} if known.host else set())),
        title=shared(title),
        honour=shared(person),
        soft=shared(frozenset(lemma for lemma, surface in spoken if lemma in known.soft and _telling(surface, told))),
        acronym=acronym,
        core=whole,
        dedicated=known.dedicated,
        placed=known.placed,
        of_whom=shared(frozenset(lemma for surface in surfaces for lemma in lemmas(surface) if lemma in OF_WHOM)),
        several=shared(
            frozenset(lemma for one in folded(told.title).split() if _plural(one) for lemma in lemmas(one)) & title
        ),
        after=shared(known.after & every),
        own=_is_called(every, known.own),
    )


def _plural(surface: str) -> bool:
    """Tell whether a word is a noun in the plural of which there is a singular («роднички»)."""
    known = word(surface)
    return known.has("NOUN", "nomn", "plur") and not (known.has("NOUN", "sing") or known.has("Pltm"))


def _levels_of_form(form: str) -> str:
    """Return the levels that a legal form tells with its words («… областная организация»)."""
    return " ".join(lemma for lemma in lemmas(form) if lemma in BY_LEVEL)


def _is_called(said: frozenset[str], own: frozenset[str]) -> bool:
    """Tell whether words are those of a kind's own name, be it in a compound («Минобразования»)."""
    compound = any(lemma != one and len(one) > STEM and one[:-2] in lemma[1:] for lemma in said for one in own)
    return bool(own) and (compound or all(any(akin(lemma, one) for lemma in said) for one in own))


def _telling(surface: str, told: Told) -> bool:
    """Tell whether a word of a kind's label says what sort it is: an abbreviation of the label says nothing."""
    spelt_out = len(surface) >= _SHORTEST_SORT and surface not in map(folded, told.initials)
    return spelt_out and (word(surface).known or "-" in surface)


def _about(plain: str, told: Told) -> tuple[frozenset[str], str]:
    """Return the lemmas of the surname of whom a name tells («Музей М. Шагала»), and the name without the person."""
    if not stands_in(told.person, plain):
        return frozenset(), plain
    surname = folded(told.person).split()[-1]
    return frozenset({persons_lemma(surname)}), cut(plain, told.person)


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
    if not said and not known.host and any(_is_national(lemma, known) for lemma, _ in spoken):
        said = set(WHOLE)
    town = known.seated and any(surface in _TOWN or lemma in _TOWN for lemma, surface in spoken)
    return frozenset(said | _TOWN_LEVEL if town and not said else said)


def _is_national(lemma: str, known: Known) -> bool:
    """Tell whether a word says that a body is its whole country's: «федерация» of chess does not, and «… г. Ош
    Кыргызской Республики» tells where the town lies."""
    of_state = lemma in known.state and lemma not in known.kind and not (known.seated and known.placed)
    return lemma in _NATIONAL or of_state


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


def _taken_apart(plain: str, told: Told, known: Known) -> tuple[str, frozenset[str], str]:
    """Return the initials of a name, the words of its title, and the name without the title."""
    unexplained = [one for one in told.unlisted if not (known.says(folded(one)) or folded(one) in SHORT)]
    plain, inner = cut(plain, *unexplained), told.title if known.honour else cut(told.title, told.person).strip()
    if stands_in(inner, plain):
        said = {part for lemma in lemmas(inner) for part in _without_town(lemma, known) if part}
        said |= {head for surface in folded(inner).split() if (head := contracted(surface)[1])}
        if in_initials(inner) and not known.says(folded(inner)):
            return inner, frozenset(), plain
        if said and not said & known.kind:
            title = (
                {lemma for lemma in said if not known.says(lemma)} - WEAK if known.seated else _own_words(said, known)
            )
            plain = cut(plain, inner)
            if title:
                return "", frozenset(title), plain
    found = (one for one in told.initials if not known.says(folded(one)) and stands_in(one, plain))
    return next(found, ""), frozenset(), plain


def _without_town(lemma: str, known: Known) -> list[str]:
    """Return the parts of a title's word but for the town that is put behind («Металлург-Жлобин»)."""
    parts = lemma.split("-")
    return [part for part in parts if part not in known.placed_words] or parts if len(parts) > 1 else parts


def _own_words(said: set[str], known: Known) -> set[str]:
    """Return the words of a title without the adjective that only gives the place («Витебские ковры»).

    That of a country says more than where: «Русский мир» is not «Мир».
    """

    def tells(lemma: str) -> bool:
        return lemma in known.placed_words or (lemma in known.state and lemma.endswith(TOPONYMIC))

    own = {lemma for lemma in said if not known.says(lemma) or tells(lemma)}
    return own or (set() if all(lemma.endswith(TOPONYMIC) for lemma in said) else said)
