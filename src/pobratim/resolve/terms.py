"""The terms of an organisation's name: which level, what profile, what title, after whom it is called.

Words that names of one organisation keep or drop at will («государственный», «центральный») say nothing. A level
(областной), a profile (медицинский), a title in quotation marks, a person's name tell organisations apart.
"""

import re
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from rapidfuzz.distance import Levenshtein

from pobratim.resolve.words import folded, lemmas
from pobratim.text.initials import abbreviates

_BY_LEVEL = {
    "областной": ("область", "обл", "облисполком", "облсовет", "обком", "облбольница", "облдрамтеатр", "облдума"),
    "краевой": ("край",),
    "районный": ("район", "райисполком", "райсовет", "райбольница", "р-н", "рдк", "црб"),
    "городской": ("горисполком", "горсовет", "гордума", "горбольница", "гдк", "гкб"),
    "сельский": ("сельсовет", "сдк"),
    "республиканский": (),
    "поселковый": (),
    "окружной": (),
}
LEVELS = {form: level for level, forms in _BY_LEVEL.items() for form in (level, *forms)}
"""The level that a lemma says an organisation is of."""
SHORT = {
    "фк": "футбольный", "мфк": "футбольный", "хк": "хоккейный", "бк": "баскетбольный", "гк": "гандбольный",
    "вк": "волейбольный", "шк": "шахматный", "цдб": "детский", "цдюб": "детский", "одб": "детский",
    "дмш": "музыкальный", "дхш": "художественный", "рдк": "районный", "сдк": "сельский", "црб": "районный",
    "медколледж": "медицинский", "медуниверситет": "медицинский", "педуниверситет": "педагогический",
    "педколледж": "педагогический", "музколледж": "музыкальный", "политех": "политехнический", "пед": "педагогический",
    "драмтеатр": "драматический", "облдрамтеатр": "драматический", "драма": "драматический", "мед": "медицинский",
    "агроуниверситет": "аграрный",
}  # fmt: skip
"""What an abbreviation of a kind says beside the kind."""
GAMES = frozenset({"футбольный", "хоккейный", "баскетбольный", "гандбольный", "волейбольный", "шахматный"})
"""What clubs play: it tells them apart even where the kind is named after the commonest game."""
PROFILES = frozenset({
    "медицинский", "педагогический", "технический", "политехнический", "аграрный", "экономический", "художественный",
    "музыкальный", "исторический", "краеведческий", "драматический", "кукольный", "камерный", "детский", "юношеский",
    "стоматологический", "хореографический", "начальный", "вечерний", "автотранспортный", "строительный", "юридический",
    "сельскохозяйственный", "машиностроительный", "молодежный", "онкологический", "наркологический", "кардиологический",
    "инфекционный", "психиатрический", "моторный", "автомобильный", "тракторный", "симфонический", "духовой",
    "хоккейный", "футбольный", "баскетбольный", "волейбольный", "гандбольный", "патриотический", "поисковый",
    "военно-патриотический", "военно-исторический", "музей-заповедник", "кукла", "мемориальный", "литературный",
    "этнографический", "археологический", "ботанический", "зоологический", "планетарий", "социальный", "воскресный",
    "коррекционный", "православный", "гуманитарный", "технологический", "индустриальный", "химический",
    "энергетический",
})  # fmt: skip
"""Words that tell organisations of one kind apart although a label of the kind may hold them."""
WEAK = frozenset({
    "администрация", "исполком", "исполнительный", "комитет", "акимат", "мэрия", "правительство",
    "государственный", "национальный", "академический", "центральный", "муниципальный", "объединенный", "научный",
    "универсальный", "публичный", "народный", "специализированный", "учебный", "общеобразовательный", "средний",
    "основной", "мемориальный", "образцовый", "федеральный", "исследовательский", "научно-исследовательский",
    "коммунальный", "казенный", "бюджетный", "автономный", "межпоселенческий", "кафедральный", "мужской", "женский",
    "евангелический", "святой", "специальный", "городской", "город", "г", "имя", "им", "гп", "го", "мо", "рф",
    "россия", "нацсобрание", "округ", "минздрав", "минкультуры", "минобрнауки", "российский", "п", "д", "с", "аг",
    "пгт", "а", "специализированная",
})  # fmt: skip
"""Words that names of one organisation keep or drop at will."""

_QUOTED = re.compile(r"[«\"„“]([^«»\"„“”]+)[»\"”“]")
_SPELLED = re.compile(
    r"^[^«\"„“]*\b(?:учреждени|обществ\w+ с огран|предприяти|организаци|акционерн)\w*[^«\"„“]*(?=[«\"„“])",
    re.IGNORECASE,
)
_HONOUR = re.compile(r"\b(?:имени|им\.?|памяти)\s.*$", re.IGNORECASE)
_ACRONYM = re.compile(r"\b[А-ЯЁA-Z][а-яё]{0,5}(?:[А-ЯЁA-Z][а-яё]{0,2})*[А-ЯЁA-Z]\b")
_DASHES = str.maketrans("—–", "--")
_AREAS = {"область", "обл", "край", "район", "р-н"}
_MOST_BEFORE = 3
_SHORTEST_ACRONYM = 3
_SHORTEST_WORD, _LONG_WORD = 4, 9

Verdict = Literal["same", "different", "open"]


@dataclass(frozen=True, slots=True)
class Terms:
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

    @property
    def words(self) -> frozenset[str]:
        """Return all that tells organisations apart but the level and the person."""
        return self.profile | self.rest | self.title


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a name beside its text: lemmas that kind, place and legal form say already (``explained``).

    ``kind`` are those of the kind alone: a quotation without one is a title; ``soft`` those of its labels only. A
    ``seated`` body is one of its place, so that a place in quotation marks is no title («МО «Город Смоленск»»). Of a
    ``placed`` one the region behind its town is no level («Администрация города … области»).
    """

    explained: frozenset[str]
    kind: frozenset[str]
    soft: frozenset[str]
    honour: frozenset[str]
    seated: bool
    placed: bool


@lru_cache(maxsize=100_000)
def terms(name: str, known: Known) -> Terms:
    """Return the terms of a full name."""
    plain = _SPELLED.sub("", name).translate(_DASHES)
    core = _core(plain)
    plain = _HONOUR.sub(" ", plain) if known.honour else plain
    acronym, title, plain = _taken_apart(plain, known)
    surfaces = folded(plain).split()
    spoken = [pair for surface in surfaces for pair in _spoken(surface)]
    left_out = known.explained | WEAK | known.honour | LEVELS.keys() | {"", folded(acronym)}
    kept = frozenset(
        lemma
        for lemma, surface in spoken
        if lemma not in left_out and (surface not in left_out or lemma in SHORT.values())
        if surface.isdigit() or len(surface) > 1
    )
    return Terms(
        levels=frozenset(
            LEVELS[lemma] for lemma, _ in spoken if lemma in LEVELS and not (known.placed and lemma in _AREAS)
        ),
        profile=kept & PROFILES,
        rest=kept - PROFILES,
        title=title,
        honour=known.honour,
        soft=frozenset(lemma for lemma, surface in spoken if lemma in known.soft and len(surface) > _SHORTEST_WORD),
        acronym=acronym,
        core=core,
    )


def _spoken(surface: str) -> list[tuple[str, str]]:
    """Return (lemma, surface) of a word, and of what it abbreviates."""
    found = [(lemma, surface) for lemma in lemmas(surface)]
    short = [SHORT[key] for key in {surface, *lemmas(surface)} if key in SHORT]
    return [*found, *((lemma, surface) for lemma in short)]


def _taken_apart(plain: str, known: Known) -> tuple[str, frozenset[str], str]:
    """Return the initials of a name, the words of its title, and the name without the title."""
    acronym, title = "", frozenset[str]()
    for quoted in _QUOTED.finditer(plain):
        inner = quoted[1].strip()
        said = {part for lemma in lemmas(inner) for part in lemma.split("-") if part}
        if _ACRONYM.fullmatch(inner) and folded(inner) not in known.explained:
            acronym = inner
        elif said and not said & known.kind:
            title |= said - known.explained - WEAK if known.seated else said
            plain = plain.replace(quoted[0], " ")
    found = (t for t in _ACRONYM.findall(plain) if len(t) >= _SHORTEST_ACRONYM and folded(t) not in known.explained)
    return acronym or ("" if title else next(found, "")), title, plain


def _core(name: str) -> str:
    """Return the outermost quotation of a name, the whole where none holds most of it."""
    first, last = name.find("«"), name.rfind("»")
    return name[first + 1 : last] if 0 <= first < last and last - first > len(name) // 2 else name


def compare(a: Terms, b: Terms, *, numbered: bool) -> Verdict:
    """Return what the words of two names of like kind in one place say.

    ``numbered`` tells that both bear one number. "open" means that one says too little to be sure: it is the other
    only if there is no third.
    """
    if a.acronym or b.acronym:
        return _by_initials(a, b)
    titled, honoured = _alike(a.title, b.title), bool(a.honour & b.honour) or _alike(a.honour, b.honour)
    if (a.levels and b.levels and not a.levels & b.levels) or (a.title and b.title and not titled):
        return "different"
    if a.honour and b.honour and not honoured and not numbered:
        return "different"
    mine, theirs = a.profile - b.profile, b.profile - a.profile
    if (mine and theirs) or ((mine or theirs) and not (titled or honoured)):
        return "different"
    if numbered:
        return "different" if a.rest and b.rest and not a.rest & b.rest else "same"
    if a.soft - b.soft and b.soft - a.soft and not titled:
        return "different"
    return "same" if titled or honoured else _by_words(a, b)


def _by_words(a: Terms, b: Terms) -> Verdict:
    """Compare names that share neither number nor title nor person, and no profile parts them."""
    ours, theirs = a.rest | a.title, b.rest | b.title
    if ours == theirs or (ours and theirs and _typos(ours, theirs)):
        alike = a.levels == b.levels and a.honour == b.honour
        return "same" if alike or ours or a.profile else "open"
    return "different"


def _by_initials(a: Terms, b: Terms) -> Verdict:
    if a.acronym and b.acronym:
        return "same" if folded(a.acronym) == folded(b.acronym) and a.title == b.title else "different"
    short, full = (a, b) if a.acronym else (b, a)
    if (short.honour and full.honour and not short.honour & full.honour) or (short.title and short.title != full.title):
        return "different"
    words = full.core.split()
    # «Лицей БГУ», «отделение БелТПП»: the initials are of what follows the kind.
    tails = (" ".join(words[begin:]) for begin in range(min(len(words), _MOST_BEFORE)))
    return "same" if any(abbreviates(short.acronym, tail) for tail in tails) else "different"


def _alike(a: AbstractSet[str], b: AbstractSet[str]) -> bool:
    """Tell whether two sets of words are equal, differ by typos, or one holds the other of two words or more."""
    if not a or not b:
        return False
    held = (a <= b or b <= a) and min(len(a), len(b)) > 1
    return a == b or held or _typos(a, b)


def _typos(a: AbstractSet[str], b: AbstractSet[str]) -> bool:
    """Tell whether each word that only one set has is a word of the other with one letter wrong (two in a long one)."""
    ours, theirs = sorted(a - b), sorted(b - a)
    return len(ours) == len(theirs) and all(any(_slip(x, y) for y in theirs) for x in ours)


def _slip(x: str, y: str) -> bool:
    if any(c.isdigit() for c in x + y) or min(len(x), len(y)) <= _SHORTEST_WORD:
        return False
    return Levenshtein.distance(x, y, score_cutoff=2) <= (2 if min(len(x), len(y)) >= _LONG_WORD else 1)
