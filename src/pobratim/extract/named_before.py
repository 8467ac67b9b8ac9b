"""Whether a row has named an institution before: in other words, cut short, misspelt, or with less said of it."""

import re
from collections.abc import Iterator

from rapidfuzz.distance import Levenshtein

from pobratim.extract.organisations.seat import same_place
from pobratim.ground.decision_table import DecisionTable, Rule
from pobratim.lexicon.words import WORDS
from pobratim.names.core import core
from pobratim.names.foreign import is_foreign, says_the_same
from pobratim.names.initials import abbreviates, in_initials
from pobratim.record import Institution
from pobratim.text.transliterate import slug
from pobratim.text.words import TOPONYMIC, fold, word

_LONG = 15
"""Letters of a name in which one wrong letter makes no other name."""
_FEWEST_INITIALS = 3
_SEATED = 2
"""Words of «Кубанский ГАУ»: an adjective and initials."""
_STRENGTH = ("party", "organiser", "host", "supporter", "venue", "participant", "other")
"""Roles, the one that tells most first."""
_HONOURED = re.compile(rf"\b(?:{WORDS.pattern('honour')})\b\.?\s*(.+)")
_JOINTS = WORDS.endings("joint-of-a-surname")
_BRACKET = re.compile(r"\s*\([^)]*\)")
_SURNAME, _ENDING = 4, 2
"""Letters of the shortest surname that makes an adjective, and of the longest ending that its genitive has more."""
SHORTEST_STEM = 6
"""Letters with which two forms of one unknown name begin alike."""


def known(institutions: list[Institution], new: Institution, weak: set[int], *, guessed: bool) -> int:
    """Return the number of the institution that ``new`` is, -1 if it was not named before.

    ``weak`` are those whose seat is only told by an adjective, as that of ``new`` is if ``guessed``: a like name with
    another seat may be the same.
    """
    for number, old in enumerate(institutions):
        if SAME.verdict(old, new) or ((guessed or number in weak) and fold(old.name) == fold(new.name)):
            return number
    bare = [n for n, old in enumerate(institutions) if _unnamed(old, new)]
    bare = bare or [n for n, old in enumerate(institutions) if _number_alone(old, new) or _number_alone(new, old)]
    if len(bare) == 1:
        return bare[0]
    short = next((n for n, old in enumerate(institutions) if _abbreviated(old, new) or _abbreviated(new, old)), -1)
    short = short if short >= 0 else next((n for n, old in enumerate(institutions) if _by_its_person(old, new)), -1)
    return short if short >= 0 else next((n for n, old in enumerate(institutions) if _in_two_scripts(old, new)), -1)


def _in_two_scripts(old: Institution, new: Institution) -> bool:
    """Tell whether two are one in Latin and Russian letters («Wuhan University», «Уханьский университет»)."""
    foreign, russian = (old, new) if is_foreign(old.name) else (new, old)
    if is_foreign(russian.name) or not is_foreign(foreign.name) or old.number != new.number:
        return False
    told = bool(old.country and new.country) and old.country != new.country
    names = (russian.name, *russian.aliases)
    return not told and any(says_the_same(foreign.name, name) or _latin_initials(foreign.name, name) for name in names)


def _latin_initials(initials: str, name: str) -> bool:
    """Tell whether Latin initials are those of a Russian name («ERU», «Египетско-Российский университет»)."""
    if not (initials.isalpha() and initials.isupper() and len(initials) >= _FEWEST_INITIALS):
        return False
    parts = [part for word in core(name).split() for part in word.split("-") if part[:1].isalpha()]
    return slug("".join(part[0] for part in parts)) == initials.lower()


def _unnamed(old: Institution, new: Institution) -> bool:
    """Tell whether one of two is just the town's institution of the kind («Кяхтинский музей»), the other has a name."""
    alike = old.kind == new.kind and bool(old.place) and fold(old.place) == fold(new.place)
    plain = [not (i.proper or i.number or i.honorific or i.legal_form) for i in (old, new)]
    return alike and plain[0] != plain[1]


def _by_its_person(old: Institution, new: Institution) -> bool:
    """Tell whether one name has the adjective of the person whose name the other bears, and both are of one kind.

    «Мартьяновский музей», «краеведческий музей им. Н. М. Мартьянова»; «институт Державинского университета».
    """
    if old.kind != new.kind or old.number != new.number or not same_place(old.place, new.place):
        return False
    return any(
        surname.startswith(stem) and len(surname) - len(stem) <= _ENDING
        for one, other in ((old, new), (new, old))
        if (borne := _HONOURED.search(one.name)) and not _HONOURED.search(other.name)
        for surname in (fold(part) for part in re.findall(r"\w+", borne[1]) if word(part).title)
        for stem in _stems(other.name)
    )


def _stems(name: str) -> Iterator[str]:
    """Yield what adjectives of a name may be made of: «Державинский» of Державин, «Гоголевский» of Гоголь."""
    for part in name.split():
        stem = next((lemma[: -len(end)] for lemma in word(part).lemmas for end in TOPONYMIC if lemma.endswith(end)), "")
        bare = stem[:-2] if stem.endswith(_JOINTS) else ""
        yield from (one for one in (stem, bare) if len(one) >= _SURNAME)


def _number_alone(full: Institution, bare: Institution) -> bool:
    """Tell whether a number is all that is told of one («школа № 8»), and the other has it («СОШ № 8 с УИЯ»)."""
    alike = bool(bare.number) and (full.number, full.kind) == (bare.number, bare.kind)
    return alike and not (bare.proper or bare.place or bare.region or bare.honorific or bare.legal_form)


def _abbreviated(full: Institution, short: Institution) -> bool:
    """Tell whether one name, without legal form and honorific, is the other's in initials («ЕМИИ»)."""
    if not same_place(full.place, short.place) or full.number != short.number or short.number:
        return False
    spelt = _BRACKET.sub("", short.proper or core(short.name)).strip()
    seated = short.name.split()
    if len(seated) == _SEATED and seated[1].isupper() and full.name != short.name:
        # «Кубанский ГАУ»: the adjective of the seat stands whole, initials for the rest.
        rest = [core(name).split(" ", 1) for name in (full.name, *full.aliases)]
        return any(parts[0] == seated[0] and abbreviates(seated[1], parts[-1]) for parts in rest)
    return any(abbreviates(spelt, core(name)) for name in (full.name, *full.aliases))


# One name


def _other_persons(old: Institution, new: Institution) -> bool:
    """«Библиотека имени Пушкина», «библиотека имени Гоголя»; a number tells more than the person."""
    named = bool(old.honorific and new.honorific) and not old.number
    return named and fold(old.honorific) != fold(new.honorific)


def _one_spelling(old: Institution, new: Institution) -> bool:
    """«Гимназия № 4», and «СОШ «Луч» (далее – Луч)», «Луч»."""
    spelt = {fold(n) for n in (old.name, *old.aliases)} & {fold(n) for n in (new.name, *new.aliases)}
    return bool(spelt) and _one_place_and_number(old, new)


def _one_letter_wrong(old: Institution, new: Institution) -> bool:
    """«Нанчанский университет», «Наньчанский университет»."""
    return _misprint(old, new) and same_place(old.place, new.place)


def _one_letter_wrong_elsewhere(old: Institution, new: Institution) -> bool:
    """Names of two towns may differ by one letter («Борисовская», «Борисовский»)."""
    return _misprint(old, new)


def _misprint(old: Institution, new: Institution) -> bool:
    return old.kind == new.kind and old.number == new.number and _misspelt(old.name, new.name)


def _latin_cut_short(old: Institution, new: Institution) -> bool:
    """«Shree Autoparts», «Shree Autoparts Pvt. Ltd.»: the form is left out."""
    short, long = sorted((fold(old.name), fold(new.name)), key=len)
    foreign = is_foreign(old.name) and is_foreign(new.name) and len(short.split()) >= _SEATED
    return foreign and long.startswith(f"{short} ") and same_place(old.place, new.place)


def _other_kinds(old: Institution, new: Institution) -> bool:
    """«Музей «Луч»», «клуб «Луч»»."""
    return bool(old.kind and new.kind) and old.kind != new.kind


def _one_quotation(old: Institution, new: Institution) -> bool:
    """«Луч», «клуб «Луч»: of one of the two no kind is told."""
    bare = {_bare(n) for n in (old.name, *old.aliases)} & {_bare(n) for n in (new.name, *new.aliases)}
    return old.kind != new.kind and bool(bare - {""}) and _one_place_and_number(old, new)


def _other_in_part(old: Institution, new: Institution) -> bool:
    """«Гимназия № 4», «гимназия № 7»; «музей» of two towns; a name with a kind and one without."""
    return old.kind != new.kind or not _one_place_and_number(old, new)


def _one_number(old: Institution, new: Institution) -> bool:
    """«СШ № 8 г. Витебска», «школа № 8 г. Витебска»; where no town is told, nothing else may differ."""
    return bool(old.number) and (bool(old.place and new.place) or fold(old.proper) == fold(new.proper))


def _number_somewhere(old: Institution, _new: Institution) -> bool:
    """«Школа № 8 «Луч»», «школа № 8» without a town."""
    return bool(old.number)


def _bears_initials(old: Institution, new: Institution) -> bool:
    """«ГГУ», «ГГУ имени Скорины»: initials are one university's, whether or not its person is told."""
    if not _person_of_one(old, new):
        return False
    owned = any(len(word) > 1 and in_initials(word) for word in old.proper.split())
    return owned and fold(old.proper) == fold(new.proper)


def _person_of_one(old: Institution, new: Institution) -> bool:
    """«Библиотека», «библиотека имени Пушкина», of which no town is told."""
    return bool(old.honorific) != bool(new.honorific) and not (old.place and new.place)


def _only_one_of_its_place(old: Institution, new: Institution) -> bool:
    """«Краеведческий музей г. Витебска», «музей г. Витебска»."""
    if old.proper or new.proper or fold(old.honorific) != fold(new.honorific):
        return False
    return bool(old.place and new.place) or (bool(old.region) and old.region == new.region)


def _nameless_somewhere(old: Institution, new: Institution) -> bool:
    """«Музей», «музей»: neither tells a name or a place."""
    return not old.proper and not new.proper


def _one_stem(old: Institution, new: Institution) -> bool:
    """Tell whether two names of one kind end in one unknown place («палата … Мазандеран», «ТПП Мазандерана»)."""
    bare, called = sorted((old, new), key=lambda i: len(i.proper))
    if bare.proper or len(called.proper.split()) != 1 or old.place or new.place:
        return False
    short, long = sorted((fold(bare.name.split()[-1]), fold(called.proper)), key=len)
    return len(short) >= SHORTEST_STEM and long.startswith(short) and len(long) - len(short) <= 1


def _one_name(old: Institution, new: Institution) -> bool:
    """«Клуб «Луч»», «клуб «Луч» Витебской области»."""
    return fold(old.proper) == fold(new.proper) and (old.region == new.region or not old.region or not new.region)


def _one_place_and_number(old: Institution, new: Institution) -> bool:
    return old.number == new.number and same_place(old.place, new.place)


def _misspelt(left: str, right: str) -> bool:
    """Tell whether two long names differ by one letter («Нанчанский университет», «Наньчанский университет»)."""
    return min(len(left), len(right)) >= _LONG and Levenshtein.distance(fold(left), fold(right), score_cutoff=1) == 1


def _bare(name: str) -> str:
    """Return the quoted core of a name, folded; "" where nothing is quoted."""
    quoted = core(name)
    return fold(quoted).strip("»") if quoted != name else ""


SAME: DecisionTable[[Institution, Institution], bool] = DecisionTable(
    Rule(_other_persons, False),
    Rule(_one_spelling, True),
    Rule(_one_letter_wrong, True),
    Rule(_one_letter_wrong_elsewhere, False),
    Rule(_latin_cut_short, True),
    Rule(_other_kinds, False),
    Rule(_one_quotation, True),
    Rule(_other_in_part, False),
    Rule(_one_number, True),
    Rule(_number_somewhere, False),
    Rule(_bears_initials, True),
    Rule(_person_of_one, False),
    Rule(_only_one_of_its_place, True),
    Rule(_nameless_somewhere, False),
    Rule(_one_stem, True),
    Rule(_one_name, True),
    otherwise=False,
    reason="other-names",
)
"""Whether two institutions of a row are one: by spelling, then by number, person, place and name within one kind."""


def merge(old: Institution, new: Institution) -> None:
    """Take over spellings, the stronger role and whatever was unknown."""
    names = [name for name in (new.name, *new.aliases) if name not in {old.name, *old.aliases}]
    old.aliases.extend(names)
    russian = is_foreign(old.name) and not is_foreign(new.name)
    if russian or (len(new.name) > len(old.name) and is_foreign(new.name) <= is_foreign(old.name)):
        old.aliases.remove(new.name)
        old.aliases.append(old.name)
        old.name, old.parts = new.name, new.parts
    if _STRENGTH.index(new.role) < _STRENGTH.index(old.role) and new.role != "venue":
        old.role = new.role
    for name in ("place", "country", "kind", "proper", "legal_form", "honorific", "region"):
        if not getattr(old, name):
            setattr(old, name, getattr(new, name))
