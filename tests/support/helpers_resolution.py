"""A small resolution made by hand: rows 8, 9, 19 and 28 of the example report, and a row with people and a plan."""

from pobratim.entities import (
    Account,
    ActivityEntity,
    AgreementEntity,
    Contact,
    GroupEntity,
    OrganisationEntity,
    Participation,
    PersonEntity,
    PlaceEntity,
    ReportEntity,
    Resolution,
    SeriesEntity,
)
from pobratim.record import Evidence, Record

REPORT = "smolensk-2023-q1"
ROUND_TABLE = "2023-01-27-round-table-ru-smolensk-8971ff"
SIGNING = "2023-01-27-meeting-by-vitebsk-d56987"
READINGS = "2023-03-11-conference-ru-gagarin-0cee5d"
READINGS_TOLD_ALONE = "2023-03-09-conference-ru-gagarin-f41579"
TALKS = "2022-12-meeting-ru-smolensk-000001"
SCHOOL_8 = ("organisation", "ru-smolensk-art-school-8")
SCHOOL_3 = ("organisation", "by-vitebsk-art-school-3")
GYMNASIUM_4 = ("organisation", "ru-smolensk-gymnasium-4")
GYMNASIUM_7 = ("organisation", "by-grodno-gymnasium-7")
SIGNED = f"2023-01-27-agreement-{SCHOOL_3[1]}-{SCHOOL_8[1]}"
HELD = f"undated-contract-{GYMNASIUM_7[1]}-{GYMNASIUM_4[1]}"
PLANNED = "undated-twinning-planned-by-vitebsk-ru-smolensk"
GROUP = "smolensk-2023-q1-19-uchastniki-iz-respubliki-belarus"
SERIES = "gagarinskie-chteniya"


def _seen(
    record: Record, pointer: str, column: str, exact: str, rule: str, about: tuple[str, str]
) -> tuple[Evidence, tuple[str, str]]:
    """Return the evidence of a phrase that the cell holds, with what it is about."""
    start = record.cells[column].index(exact)
    confidence = 0.5 if rule == "tie-meeting" else 1.0
    return Evidence(pointer, column, start, start + len(exact), exact, rule, confidence), about


def _record(row: int, title: str, cells: dict[str, str], **facts: object) -> Record:
    section = "Гагаринский район" if row == 28 else "Город Смоленск"
    record = Record(REPORT, row, section, title=title, cells={"name": title, "section": section, **cells})
    for name, value in facts.items():
        setattr(record, name, value)
    return record


def _account(record: Record, activity: str, **facts: object) -> Account:
    values: dict[str, object] = {
        "reporter": "ru-gagarin-rayon" if record.row == 28 else "ru-smolensk",
        "own_activity": activity,
        "participations": (),
        "places": (),
        "contacts": (),
        "agreements": (),
        "groups": (),
        "series": "",
    }
    return Account(key=f"{REPORT}/{record.row}", record=record, activity=activity, **{**values, **facts})  # type: ignore[arg-type]


def _row_8() -> Account:
    record = _record(
        8,
        "Участие в круглом столе «Система воспитательной работы в гимназии»",
        {
            "place": "г. Смоленск, \nг. Гродно\n(Республика Беларусь)\n(в дистанционном формате)",
            "dates": "27 января\n2023 года",
            "purpose": "Проведен во исполнение договора о сотрудничестве МБОУ «Гимназия № 4» с ГУО «Гимназия № 7»",
        },
        kind=["round-table"],
        topics=["education"],
        start="2023-01-27",
        end="2023-01-27",
        mode="online",
        countries=["BY"],
    )
    contact = Contact(f"{ROUND_TABLE}-gymnasium-4-gymnasium-7", GYMNASIUM_4, GYMNASIUM_7)
    return _account(
        record,
        ROUND_TABLE,
        participations=(Participation(GYMNASIUM_7, "party"), Participation(GYMNASIUM_4, "party")),
        places=("ru-smolensk", "by-grodno"),
        contacts=(contact,),
        agreements=(HELD,),
        evidence=(
            _seen(record, "/start", "dates", "27 января\n2023 года", "date-day-month", ("activity", ROUND_TABLE)),
            _seen(record, "/end", "dates", "27 января\n2023 года", "date-day-month", ("activity", ROUND_TABLE)),
            _seen(record, "/institutions/1", "purpose", "ГУО «Гимназия № 7»", "organisation-legal-form", GYMNASIUM_7),
            _seen(
                record, "/agreements/0", "purpose", "договора о сотрудничестве", "agreement-noun", ("agreement", HELD)
            ),
            _seen(record, "/ties/0", "purpose", "ГУО «Гимназия № 7»", "tie-agreement", ("contact", contact.key)),
        ),
    )


def _row_9() -> Account:
    record = _record(
        9,
        "Встреча администраций МБУДО «Детская школа искусств № 8» и ДШИ № 3 «Маладик»",
        {
            "place": "г. Витебск\n(Республика Беларусь)",
            "dates": "27 января\n2023 года",
            "purpose": "На встрече школы подписали соглашение о сотрудничестве",
        },
        kind=["meeting"],
        topics=["culture"],
        start="2023-01-27",
        end="2023-01-27",
        mode="in-person",
        countries=["BY"],
    )
    return _account(
        record,
        SIGNING,
        participations=(Participation(SCHOOL_3, "party"), Participation(SCHOOL_8, "party")),
        places=("by-vitebsk",),
        contacts=(Contact(f"{SIGNING}-art-school-8-art-school-3", SCHOOL_8, SCHOOL_3),),
        agreements=(SIGNED,),
        evidence=(
            _seen(record, "/title", "name", record.title, "name-cell", ("activity", SIGNING)),
            _seen(
                record,
                "/agreements/0",
                "purpose",
                "соглашение о сотрудничестве",
                "agreement-noun",
                ("agreement", SIGNED),
            ),
        ),
    )


def _row_19() -> Account:
    record = _record(
        19,
        "Юбилейные 50-е международные общественно-научные чтения, посвященные памяти Ю.А. Гагарина",
        {
            "place": "г. Гагарин,\nСмоленская область",
            "dates": "11 марта\n2023 года",
            "participants": "участники из Российской Федерации и Республики Беларусь",
        },
        kind=["conference"],
        topics=["science"],
        start="2023-03-11",
        end="2023-03-11",
        mode="in-person",
        countries=["BY"],
        edition="50",
    )
    return _account(
        record,
        READINGS,
        participations=(Participation(("group", GROUP), "participant"),),
        places=("ru-gagarin",),
        groups=(GroupEntity(GROUP, "участники из Республики Беларусь", "BY"),),
        series=SERIES,
        evidence=(_seen(record, "/groups/0", "participants", "Республики Беларусь", "group", ("group", GROUP)),),
    )


def _row_28() -> Account:
    record = _record(
        28,
        "50-е международные общественно-научные Гагаринские чтения",
        {"place": "г. Гагарин,\nСмоленская область\n", "dates": "9-11 марта 2023 года"},
        kind=["conference"],
        topics=["science", "education"],
        start="2023-03-09",
        end="2023-03-11",
        edition="50",
    )
    return _account(record, READINGS, own_activity=READINGS_TOLD_ALONE, places=("ru-gagarin",), series=SERIES)


def _row_40() -> Account:
    """Return a row of our own making: people, a company, months, a territory outside ISO 3166, a planned twinning."""
    record = _record(
        40,
        "Переговоры о побратимстве",
        {
            "dates": "Декабрь 2022 года – январь 2023 года",
            "purpose": "Глава города и директор ОАО «МАЗ» Иванов И.И. обсудили проект договора о побратимстве",
        },
        kind=["meeting"],
        topics=["economy"],
        start="2022-12",
        end="2023-01",
        countries=["BY", "Q23334"],
    )
    people = [
        Participation(("person", "ivanov-i-i-by-minsk-maz"), "participant", "head", "leads-an-institution"),
        Participation(("person", "glava-goroda-ru-smolensk"), "participant", "office", "leads-a-territory"),
    ]
    return _account(
        record,
        TALKS,
        participations=(
            *people,
            Participation(("organisation", "by-minsk-maz"), "participant"),
            Participation(("place", "by-vitebsk"), "party"),
        ),
        contacts=(Contact(f"{TALKS}-ru-smolensk-by-vitebsk", ("place", "ru-smolensk"), ("place", "by-vitebsk")),),
        agreements=(PLANNED,),
        evidence=(
            _seen(
                record, "/agreements/0", "purpose", "договора о побратимстве", "agreement-noun", ("agreement", PLANNED)
            ),
            _seen(
                record, "/ties/0", "purpose", "обсудили", "tie-meeting", ("contact", f"{TALKS}-ru-smolensk-by-vitebsk")
            ),
        ),
    )


def _activities(accounts: list[Account]) -> list[ActivityEntity]:
    """Return one activity for each group of accounts, with the dates of the widest and the facts of the first."""
    found = []
    for key in sorted({account.activity for account in accounts}):
        group = [account for account in accounts if account.activity == key]
        first = group[0].record
        found.append(
            ActivityEntity(
                key,
                first.title,
                first.kind[0],
                min(one.record.start for one in group),
                max(one.record.end for one in group),
                first.mode,
                first.edition,
                group[0].key,
                tuple(one.key for one in group),
            )
        )
    return found


def _school(key: str, names: tuple[str, ...], kind: str, place: str, form: str) -> OrganisationEntity:
    number = key.rpartition("-")[2]
    return OrganisationEntity(key, names, kind, place, place[:2].upper(), "", number, (form,))


def sample_resolution() -> Resolution:
    """Return a new resolution; two calls give equal ones."""
    accounts = [_row_8(), _row_9(), _row_19(), _row_28(), _row_40()]
    state, town = (
        "государственное учреждение образования",
        "муниципальное бюджетное учреждение дополнительного образования",
    )
    return Resolution(
        reports=[
            ReportEntity(
                REPORT,
                "Отчёт о международных мероприятиях за I квартал 2023 года",
                "smolensk-2023-q1.docx",
                "0a" * 32,
                "RU",
                "RU-SMO",
                "8c95",
                period="2023-01/2023-03",
                issued="2023-04-10",
                body="Администрация Смоленской области",
            )
        ],
        accounts=accounts,
        activities=_activities(accounts),
        agreements=[
            AgreementEntity(
                SIGNED,
                "agreement",
                "signed",
                "2023-01-27",
                (SCHOOL_3, SCHOOL_8),
                SIGNING,
                number="17/4-д",
                subject="о сотрудничестве в сфере культуры",
                term="fixed",
                duration="P5Y",
                expires="2028-01",
            ),
            AgreementEntity(
                HELD, "contract", "in-force", "", (GYMNASIUM_7, GYMNASIUM_4), end="2030", term="fixed", prolonged=True
            ),
            AgreementEntity(
                PLANNED,
                "twinning",
                "planned",
                "",
                (("place", "by-vitebsk"), ("place", "ru-smolensk")),
                planned="2023-04/2023-06",
            ),
        ],
        places=[
            PlaceEntity("by-grodno", ("Гродно",), "settlement", "BY", "", 627904, 53.6758, 23.8289),
            PlaceEntity("by-minsk", ("Минск",), "settlement", "BY", ""),
            PlaceEntity("by-vitebsk", ("Витебск",), "settlement", "BY", "", 620127, 55.1904, 30.2049),
            PlaceEntity("ru-gagarin", ("Гагарин",), "settlement", "RU", "RU-SMO", 562319, 55.5528, 34.9974),
            PlaceEntity("ru-gagarin-rayon", ("Гагаринский район",), "district", "RU", "RU-SMO"),
            PlaceEntity("ru-smo", ("Смоленская область",), "region", "RU", ""),
            PlaceEntity(
                "ru-smolensk",
                ("Смоленск", "город-герой Смоленск"),
                "settlement",
                "RU",
                "RU-SMO",
                491687,
                54.7818,
                32.0401,
            ),
        ],
        organisations=[
            _school(
                GYMNASIUM_7[1],
                ("ГУО «Гимназия № 7 г. Гродно»", "Гимназия № 7 г. Гродно"),
                "gymnasium",
                "by-grodno",
                state,
            ),
            OrganisationEntity(
                "by-minsk-maz", ("ОАО «МАЗ»",), "company", "by-minsk", "BY", "", "", ("открытое акционерное общество",)
            ),
            _school(SCHOOL_3[1], ("ДШИ № 3 «Маладик»",), "art-school", "by-vitebsk", state),
            OrganisationEntity("ru-smo-council", ("Координационный совет",), "", "", "RU", "RU-SMO"),
            _school(SCHOOL_8[1], ("МБУДО «Детская школа искусств № 8»", "ДШИ № 8"), "art-school", "ru-smolensk", town),
            _school(GYMNASIUM_4[1], ("МБОУ «Гимназия № 4»",), "gymnasium", "ru-smolensk", ""),
        ],
        people=[
            PersonEntity("glava-goroda-ru-smolensk", "", "Глава города", ""),
            PersonEntity("ivanov-i-i-by-minsk-maz", "Иванов И.И.", "директор", "by-minsk-maz"),
        ],
        series=[SeriesEntity(SERIES, "Гагаринские чтения")],
    )
