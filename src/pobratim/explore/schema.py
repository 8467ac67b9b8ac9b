"""The tables of an index: numbers inside, IRIs only as the names of things; numbers follow the order of lists.

A tie's number is its place among all by strength, the strongest first. Its grounds are numbered one after the other by
their last day, and the number after them is its slot (``grounds.py``). Events and agreements are numbered by their
first day, those without one before all others. So a list in that order is a walk over numbers.
"""

from zlib import crc32

SCHEMA = """
CREATE TABLE meta(name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE concept(scheme TEXT, code TEXT, place INTEGER, ru TEXT, en TEXT, PRIMARY KEY(scheme, code)) WITHOUT ROWID;
CREATE TABLE party(
  id INTEGER PRIMARY KEY, iri TEXT UNIQUE, ref TEXT UNIQUE, kind TEXT, name TEXT, name_en TEXT, short TEXT, folded TEXT,
  type TEXT, town INTEGER, region TEXT, country TEXT, lat REAL, lon REAL, municipality INTEGER,
  ties INTEGER DEFAULT 0, events INTEGER DEFAULT 0);
CREATE TABLE report(
  id INTEGER PRIMARY KEY, iri TEXT UNIQUE, title TEXT, file TEXT, period_start TEXT, period_end TEXT, issued TEXT,
  publisher TEXT, country TEXT, region TEXT, events_start TEXT, events_end TEXT, rows INTEGER);
CREATE TABLE report_reporter(report INTEGER, party INTEGER, PRIMARY KEY(report, party)) WITHOUT ROWID;
CREATE TABLE event(
  id INTEGER PRIMARY KEY, iri TEXT UNIQUE, title TEXT, folded TEXT, kind TEXT, mode TEXT, start TEXT, end TEXT,
  date TEXT, precision TEXT, year INTEGER, participants INTEGER, reports INTEGER);
CREATE TABLE event_topic(event INTEGER, topic TEXT, PRIMARY KEY(event, topic)) WITHOUT ROWID;
CREATE TABLE event_country(event INTEGER, country TEXT, PRIMARY KEY(event, country)) WITHOUT ROWID;
CREATE TABLE event_place(event INTEGER, party INTEGER, PRIMARY KEY(event, party)) WITHOUT ROWID;
CREATE TABLE event_party(
  event INTEGER, party INTEGER, role TEXT, class TEXT, PRIMARY KEY(event, party, role)) WITHOUT ROWID;
CREATE TABLE account(
  id INTEGER PRIMARY KEY, iri TEXT UNIQUE, report INTEGER, row INTEGER, reporter INTEGER, event INTEGER,
  title TEXT, start TEXT, end TEXT, date TEXT);
CREATE TABLE agreement(
  id INTEGER PRIMARY KEY, iri TEXT UNIQUE, kind TEXT, status TEXT, start TEXT, end TEXT, date TEXT, precision TEXT,
  year INTEGER, number TEXT, subject TEXT, folded TEXT, term TEXT, prolonged INTEGER, expires TEXT, valid TEXT,
  valid_until TEXT, signed_at INTEGER);
CREATE TABLE agreement_party(agreement INTEGER, party INTEGER, PRIMARY KEY(agreement, party)) WITHOUT ROWID;
CREATE TABLE agreement_account(agreement INTEGER, account INTEGER, PRIMARY KEY(agreement, account)) WITHOUT ROWID;
CREATE TABLE event_agreement(event INTEGER, agreement INTEGER, PRIMARY KEY(event, agreement)) WITHOUT ROWID;
CREATE TABLE tie(
  id INTEGER PRIMARY KEY, iri TEXT UNIQUE, level TEXT, kind TEXT, a INTEGER, b INTEGER, start TEXT, end TEXT,
  date TEXT, events INTEGER, agreements INTEGER, sides INTEGER, slot INTEGER DEFAULT 0);
CREATE TABLE tie_topic(tie INTEGER, topic TEXT, PRIMARY KEY(tie, topic)) WITHOUT ROWID;
CREATE TABLE ground(
  id INTEGER PRIMARY KEY, tie INTEGER, event INTEGER, agreement INTEGER, start TEXT, end TEXT, date TEXT, year INTEGER);
CREATE TABLE ground_reporter(ground INTEGER, party INTEGER, PRIMARY KEY(ground, party)) WITHOUT ROWID;
CREATE TABLE ground_report(ground INTEGER, report INTEGER, PRIMARY KEY(ground, report)) WITHOUT ROWID;
-- Who told of anything that a tie rests on, and in which reports.
CREATE TABLE tie_reporter(tie INTEGER, reporter INTEGER, PRIMARY KEY(tie, reporter)) WITHOUT ROWID;
CREATE TABLE tie_report(tie INTEGER, report INTEGER, PRIMARY KEY(tie, report)) WITHOUT ROWID;
CREATE TABLE tie_year(tie INTEGER, year INTEGER, events INTEGER, PRIMARY KEY(tie, year)) WITHOUT ROWID;
-- Whom a thing concerns: its parties, their towns, regions and countries.
CREATE TABLE tie_of(party INTEGER, tie INTEGER, PRIMARY KEY(party, tie)) WITHOUT ROWID;
CREATE TABLE event_of(party INTEGER, event INTEGER, PRIMARY KEY(party, event)) WITHOUT ROWID;
CREATE TABLE agreement_of(party INTEGER, agreement INTEGER, PRIMARY KEY(party, agreement)) WITHOUT ROWID;
-- Which things have a value of a field: bit N of bits is the thing with the number N. Grounds have fields as well.
CREATE TABLE facet(subject TEXT, field TEXT, code TEXT, bits BLOB, PRIMARY KEY(subject, field, code));
-- Words of names and titles ("party", "event", "agreement") with the numbers of what has them.
CREATE TABLE word(kind TEXT, word TEXT, numbers BLOB, PRIMARY KEY(kind, word));
CREATE TABLE columns(name TEXT PRIMARY KEY, content BLOB);
-- What is asked of very many at once, by number from 0 on: sides and slots of ties, days (20230509, 0 for none).
CREATE TABLE numbers(name TEXT PRIMARY KEY, content BLOB);
"""
INDEXES = """
CREATE INDEX party_town ON party(town);
CREATE INDEX party_region ON party(region);
CREATE INDEX tie_a ON tie(a, level);
CREATE INDEX tie_b ON tie(b, level);
CREATE INDEX ground_tie ON ground(tie);
CREATE INDEX ground_event ON ground(event);
CREATE INDEX ground_agreement ON ground(agreement);
CREATE INDEX event_party_of ON event_party(party);
CREATE INDEX account_event ON account(event);
CREATE INDEX account_report ON account(report);
CREATE INDEX account_reporter ON account(reporter);
CREATE INDEX agreement_party_of ON agreement_party(party);
CREATE INDEX event_agreement_of ON event_agreement(agreement);
"""
FORMAT = crc32((SCHEMA + INDEXES).encode()) & 0x7FFFFFFF
"""Tells an index of this version from others (PRAGMA user_version)."""
