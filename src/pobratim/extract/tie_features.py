"""What speaks for and against a tie between two parties of a row: features that are there or not, each with a name.

The names are those of ``ontology/tie-weights.tsv``, where people find the words for them and how much each weighs. A
feature is a line of a table below; its docstring or its words in that file say what it sees.
"""

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

from pobratim.extract.parties import Party
from pobratim.extract.tie_scene import ASIDE, Scene
from pobratim.lexicon.words import WORDS

_WITH = WORDS.of("preposition-with")
_CAME = WORDS.of("tie-delegation")
_SENT = WORDS.of("delegation")
_INVITED = WORDS.of("invitation")
_TEXT = {"purpose", "result"}
_SEVERAL = 3

OfOne = Callable[[Scene, Party], bool]


def _only(*hows: str) -> OfOne:
    """Return whether a party is named in these ways only."""
    return lambda _, party: bool(party.mentions) and all(m.how in hows for m in party.mentions)


def _in(column: str) -> OfOne:
    """Return whether a column names a party."""
    return lambda scene, party: column in scene.columns(party)


def _text_only(scene: Scene, party: Party) -> bool:
    """Named in the text only, not as one who took part."""
    return bool(scene.columns(party)) and scene.columns(party) <= _TEXT


def _by_companions(scene: Scene, party: Party) -> bool:
    """«Встреча с мэром Анкары», «соглашение с г. Анкара»."""
    return scene.ruled(party, _WITH)


def _by_delegation(scene: Scene, party: Party) -> bool:
    """«Делегация г. Самары», «учащиеся школы № 5»."""
    return scene.ruled(party, _CAME, lemmas=True)


def _sent(scene: Scene, party: Party) -> bool:
    """«Делегации городов Бреста и Анкары»: people were sent by the guest itself, or by another one of its list."""
    grouped = [p for p in scene.parties.foreign if p.group == party.group]
    return party.municipal and any(scene.ruled(p, _SENT, lemmas=True) for p in grouped)


def _invited(scene: Scene, party: Party) -> bool:
    """«По приглашению мэрии Анкары»."""
    return scene.ruled(party, _INVITED, lemmas=True)


def _lapsed(scene: Scene, party: Party) -> bool:
    """«Связи с Кутаиси утрачены», «подписать не удалось»: every phrase about the partner says what is not."""
    sentences = scene.sentences(party)
    return bool(sentences) and all(s.lapsed for s in sentences)


def _twins(scene: Scene, party: Party) -> bool:
    """«Город-побратим Анкара»."""
    return party.municipal and any(s.twins for s in scene.sentences(party))


def _talks(scene: Scene, party: Party) -> bool:
    """«Переговоры с …», «обсуждение»."""
    return any(s.talks for s in scene.sentences(party))


def _agreement(scene: Scene, party: Party) -> bool:
    """«Меморандум с …»."""
    return any(s.agreement for s in scene.sentences(party))


def _jointly(scene: Scene, party: Party) -> bool:
    """«Совместно с музеем г. Бреста»."""
    return any(s.jointly for s in scene.sentences(party))


def _judged(scene: Scene, party: Party) -> bool:
    """«В жюри работал профессор консерватории»: every phrase about the partner tells of a judge or speaker."""
    sentences = scene.sentences(party)
    return bool(sentences) and all(s.judged for s in sentences)


def _region(_: Scene, party: Party) -> bool:
    """«Делегация провинции Хэнань»."""
    return party.level == "region"


def _town_of_body(scene: Scene, party: Party) -> bool:
    """Brest, where the school of Brest takes part."""
    return party.municipal and scene.body_of(party)


def _seat_of_kin(scene: Scene, party: Party) -> bool:
    """Brest as the seat of a school that has its like at home: then the schools are tied, not their towns."""
    if not party.municipal or not _only(*ASIDE)(scene, party):
        return False
    institutions = scene.view.record.institutions
    bodies = [p for p in scene.parties.foreign if any(institutions[n].place == party.key for n in p.numbers)]
    return any(scene.akin(one, other) for one in bodies for other in scene.parties.home)


def _represents(scene: Scene, party: Party) -> bool:
    """An embassy, a consulate."""
    return bool(party.kind) and scene.view.marked(party.kind, "represents")


def _alone(scene: Scene, _: Party) -> bool:
    """No other foreign party, but a list of them, is named."""
    return scene.groups <= 1


def _among_several(scene: Scene, _: Party) -> bool:
    """Three foreign parties or more."""
    return scene.groups >= _SEVERAL


def _other_in_title(scene: Scene, party: Party) -> bool:
    """The title names another foreign party, and not this one."""
    if "name" in scene.columns(party):
        return False
    others = (p for p in scene.parties.foreign if p.group != party.group)
    return any(m.column == "name" and m.how != "seat" for p in others for m in p.mentions)


def _of_mass_event(scene: Scene, party: Party) -> bool:
    """One of those who took part in a festival."""
    return scene.mass and scene.columns(party) <= {"participants"}


def _of_mass_event_of_several(scene: Scene, _: Party) -> bool:
    """A contest of pupils of Brest, Sofia and Harbin: a list is no delegation there."""
    return scene.mass and sum(bool(scene.columns(p)) for p in scene.parties.foreign) >= _SEVERAL


def _beside_groups(scene: Scene, _: Party) -> bool:
    """«Участники из Республики Беларусь»."""
    return bool(scene.view.record.groups)


def _of_many_countries(scene: Scene, _: Party) -> bool:
    """The row names three foreign countries or more."""
    return len(scene.view.record.countries) >= _SEVERAL


def _online(scene: Scene, _: Party) -> bool:
    """A telebridge joins somebody with somebody."""
    return scene.view.record.mode == "online"


def _reporter(scene: Scene, party: Party) -> bool:
    """The municipality that reports."""
    return scene.is_reporter(party)


def _unnamed_reporter(scene: Scene, party: Party) -> bool:
    """The reporter, whom only the heading names, while others are named."""
    return scene.is_reporter(party) and not scene.columns(party) and bool(scene.acting(party))


def _unnamed_beside_body(scene: Scene, party: Party) -> bool:
    """The same, while one of its bodies takes part."""
    bodies = (p for p in scene.acting(party) if not p.municipal)
    return _unnamed_reporter(scene, party) and any(not scene.roles(p) <= {"supporter", "venue"} for p in bodies)


def _headed(scene: Scene, party: Party) -> bool:
    """«Заместитель мэра …»: the reporter's head is named without a place."""
    return scene.is_reporter(party) and bool(scene.headed)


def _other_town(scene: Scene, party: Party) -> bool:
    """A home municipality that does not report, nor is a district of the town that does, nor its centre."""
    own = scene.is_reporter(party) or party.town == scene.view.record.home.name or scene.is_centre(party)
    return party.municipal and not own


def _nobody_else(scene: Scene, party: Party) -> bool:
    """No other home party is named."""
    return not scene.acting(party)


def _sole_body(scene: Scene, party: Party) -> bool:
    """The only body of the home side."""
    return not party.municipal and all(p.municipal for p in scene.acting(party))


def _governs(_: Scene, party: Party) -> bool:
    """The municipality's administration or council is named."""
    return party.municipal and bool(party.numbers)


def _organises(scene: Scene, party: Party) -> bool:
    """The body that holds the event."""
    return not party.municipal and "organiser" in scene.roles(party)


FOREIGN: Mapping[str, OfOne] = MappingProxyType({
    "f-with": _by_companions,
    "f-title": _in("name"),
    "f-participant": _in("participants"),
    "f-heading": _in("section"),
    "f-delegation": _sent,
    "f-text-only": _text_only,
    "f-invited": _invited,
    "f-lapsed": _lapsed,
    "f-twins": _twins,
    "f-talks": _talks,
    "f-agreement": _agreement,
    "f-jointly": _jointly,
    "f-judged": _judged,
    "f-person-only": _only("person"),
    "f-seat-only": _only("seat"),
    "f-place-only": _only("place"),
    "f-in-only": _only("in"),
    "f-seat-or-place": _only(*ASIDE),
    "f-region": _region,
    "f-town-of-body": _town_of_body,
    "f-seat-of-kin": _seat_of_kin,
    "f-represents": _represents,
    "f-only": _alone,
    "f-several": _among_several,
    "f-other-in-title": _other_in_title,
    "f-mass-participant": _of_mass_event,
    "f-mass-several": _of_mass_event_of_several,
    "f-groups": _beside_groups,
    "f-countries": _of_many_countries,
    "f-online": _online,
})  # fmt: skip
"""What speaks for and against a foreign party's being tied at all."""

HOME: Mapping[str, OfOne] = MappingProxyType({
    "h-reporter": _reporter,
    "h-unnamed-reporter": _unnamed_reporter,
    "h-unnamed-beside-body": _unnamed_beside_body,
    "h-led": _headed,
    "h-other-town": _other_town,
    "h-only": _nobody_else,
    "h-sole-body": _sole_body,
    "h-governs": _governs,
    "h-delegation": _by_delegation,
    "h-text-only": _text_only,
    "h-post-only": _only("post"),
    "h-in-only": _only("in"),
    "h-organiser": _organises,
})  # fmt: skip
"""What speaks for and against a home party's being the one that a guest is tied to."""


def of_foreign(scene: Scene, party: Party) -> Iterator[str]:
    """Yield the features that a foreign party has."""
    return (name for name, has in FOREIGN.items() if has(scene, party))


def of_home(scene: Scene, party: Party) -> Iterator[str]:
    """Yield the features that a home party has."""
    return (name for name, has in HOME.items() if has(scene, party))
