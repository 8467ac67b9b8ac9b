"""Settings of the server: ``pobratim.toml``, then ``POBRATIM_…`` of the environment, then the command line.

The keys of the table ``[server]`` are the fields of ``ServerSettings``, those of ``[server.limits]`` the fields of
``Limits``; ``[server.services]`` maps the IRI that a SERVICE clause may name to the URL that is asked,
``[server.editors]`` the name of an editor to his token.
"""

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any, TypeVar

from pobratim.errors import UsageError
from pobratim.rdf.iris import is_base

FILE = "pobratim.toml"
"""The usual name of the settings file, looked for in the folder where the server starts."""
CHOICES = {"log_format": ("json", "text"), "log_requests": ("all", "asked", "none")}
"""Settings that take one of a few words."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one query, one client and the whole server may use. Defaults are those that the README promises."""

    seconds: float = 5.0
    """Wall-clock time of one query."""
    memory_mb: int = 512
    """Memory that one query may add to what the store itself takes."""
    answer_mb: int = 100
    """Size of an answer, before compression."""
    url_bytes: int = 8192
    """Length of a request's path and query string."""
    header_bytes: int = 32_768
    """Length of a request's headers."""
    query_bytes: int = 65_536
    """Length of a query that is posted."""
    depth: int = 200
    """Nesting of brackets of any kind in a query."""
    unions: int = 1000
    """UNION branches in a query: the parser's time grows with their square."""
    long_after: float = 1.0
    """Seconds after which a running query counts as a long one."""
    long_queries: int = 4
    """Long queries at once, of all clients."""
    long_queries_a_client: int = 3
    """Long queries at once, of one client."""
    short_queries: int = 4
    """Places beside those of the long queries, so that a short one never waits for them."""
    waiting: int = 64
    """Queries that may wait for a place."""
    waiting_a_client: int = 32
    """Queries that one client may have running or waiting."""
    waiting_seconds: float = 10.0
    """How long a query may wait for a place."""
    body_seconds: float = 10.0
    """How long a client may take to send a request's head, and its body."""
    taking_seconds: float = 30.0
    """How long a client may leave an answer untaken: in that time it must take 1,000 bytes a second."""
    connections: int = 1000
    """Open connections, of all clients; idle ones make room for new ones."""
    connections_a_client: int = 200
    """Open connections of one client, unless it is a trusted proxy."""
    cache_mb: int = 128
    """Answers kept in memory."""
    service_seconds: float = 10.0
    """Time of one request to an allowed SERVICE."""
    service_rows: int = 10_000
    """Rows that one SERVICE clause may bring."""

    @property
    def running(self) -> int:
        """Return how many queries run at once."""
        return self.long_queries + self.short_queries


@dataclass(frozen=True, slots=True)
class ServerSettings:
    """How the server runs. ``public_url`` is where people reach it, without a slash at the end."""

    host: str = "127.0.0.1"
    port: int = 8890
    public_url: str = ""
    """"" means the address that a request names."""
    memory_quads: int = 5_000_000
    """Generations of up to so many quads of facts have these in memory, larger ones nothing (2.7 million take a GB)."""
    max_age: int = 60
    """Seconds for which caches may keep an answer without asking again; where there are editors, they ask each time."""
    poll_seconds: float = 0.5
    """How often the store is looked at for a new generation."""
    trusted_proxies: str = "127.0.0.1"
    """Addresses whose X-Forwarded-For and X-Forwarded-Proto are believed, by comma."""
    contact: str = ""
    """Whom users of the endpoint may write to; stands in the service description and on the pages."""
    licence: str = "https://creativecommons.org/licenses/by/4.0/"
    """The IRI of the licence of the data; the default is that of GeoNames, whose names and places they hold."""
    published: str = ""
    """The folder that ``pobratim publish`` wrote of the same data: its catalogue is served at /catalog; "" for none."""
    home: str = ""
    """Ours, by comma: keys or names of municipalities and regions; "" means those that the reports are of."""
    base: str = ""
    """What the IRIs of a store begin with that is begun in the browser: a store of a load keeps its own."""
    update_token: str = ""
    """Bearer token of /update; "" switches updates off."""
    editor_token: str = ""
    """What editors sign in with, each under a name of his own; "" leaves those of ``editors``."""
    session_hours: float = 12.0
    """For how long somebody stays signed in."""
    session_key: str = ""
    """Signs sessions; "" makes a new key at each start, which ends all of them."""
    user_header: str = ""
    """Header in which a trusted proxy names the user: one of ``editors`` need not sign in. "" for none."""
    upload_mb: int = 50
    """Size of one report that is handed in."""
    log_format: str = "json"
    """json or text."""
    log_requests: str = "asked"
    """Which requests get a line: all, asked (all but those answered from memory, which are only counted) or none."""
    queries: str = ""
    """A further folder of .rq files for /queries; a relative one counts from the folder where the server starts."""
    limits: Limits = field(default_factory=Limits)
    services: Mapping[str, str] = field(default_factory=dict)
    editors: Mapping[str, str] = field(default_factory=dict)
    """Editors by name, each with a token or ``sha256:HEX`` of it; an empty one comes by ``user_header`` only."""

    @property
    def age(self) -> int:
        """Return the seconds for which caches need not ask: none where an editor must see at once what he changed."""
        return 0 if self.has_editors else self.max_age

    @property
    def has_editors(self) -> bool:
        """Tell whether anybody may edit: otherwise no page of editing is there."""
        return bool(self.editor_token or self.editors)


_S = TypeVar("_S", Limits, "ServerSettings")


def read_settings(file: Path | None = None, environment: Mapping[str, str] = os.environ) -> ServerSettings:
    """Return the settings of ``file`` (None: ``pobratim.toml`` here, if it is there) and the environment.

    ``POBRATIM_PUBLIC_URL`` sets ``public_url``, ``POBRATIM_LIMIT_SECONDS`` the limit ``seconds``, and so on. Raises
    UsageError for a file that cannot be read, an unknown key or a value of the wrong type.
    """
    table = _server_table(file)
    limits = _filled(Limits(), table.pop("limits", {}), "server.limits")
    services, editors = _texts(table, "services"), _texts(table, "editors")
    settings = replace(_filled(ServerSettings(), table, "server"), limits=limits, services=services, editors=editors)
    settings = _with_environment(settings, environment)
    for key, words in CHOICES.items():
        if getattr(settings, key) not in words:
            raise UsageError("settings-value", key=f"server.{key}", value=getattr(settings, key))
    if settings.base and not is_base(settings.base):
        raise UsageError("settings-value", key="server.base", value=settings.base)
    return settings


def home_setting() -> str:
    """Return the setting ``home`` for commands that write what the server writes as well.

    It is that of the file which ``POBRATIM_CONFIG`` names, else of ``pobratim.toml`` here, and of ``POBRATIM_HOME``.
    Raises UsageError as ``read_settings`` does.
    """
    file = os.environ.get("POBRATIM_CONFIG", "")
    return read_settings(Path(file) if file else None).home


def _server_table(file: Path | None) -> dict[str, Any]:
    path = file or Path(FILE)
    if file is None and not path.is_file():
        return {}
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UsageError("settings-unreadable", file=path, cause=error) from error
    unknown = sorted(set(content) - {"server"})
    if unknown:
        raise UsageError("settings-key", key=", ".join(unknown))
    return dict(content.get("server", {}))


def _texts(table: dict[str, Any], key: str) -> dict[str, str]:
    """Take a table of texts out of another. Raises UsageError for anything else."""
    found = table.pop(key, {})
    if not isinstance(found, dict) or not all(isinstance(value, str) for value in found.values()):
        raise UsageError("settings-value", key=f"server.{key}", value=found)
    return found


def _filled(settings: _S, table: object, where: str) -> _S:
    if not isinstance(table, dict):
        raise UsageError("settings-value", key=where, value=table)
    known = _simple_fields(settings)
    for key in sorted(set(table) - set(known)):
        raise UsageError("settings-key", key=f"{where}.{key}")
    return replace(settings, **{key: _typed(f"{where}.{key}", value, known[key]) for key, value in table.items()})


def _with_environment(settings: ServerSettings, environment: Mapping[str, str]) -> ServerSettings:
    limits = _from_environment(settings.limits, "POBRATIM_LIMIT_", environment)
    return replace(_from_environment(settings, "POBRATIM_", environment), limits=limits)


def _from_environment(settings: _S, prefix: str, environment: Mapping[str, str]) -> _S:
    known = _simple_fields(settings)
    named = {key: prefix + key.upper() for key in known}
    return replace(
        settings,
        **{
            key: _parsed(variable, environment[variable], known[key])
            for key, variable in named.items()
            if variable in environment
        },
    )


def _simple_fields(settings: Limits | ServerSettings) -> dict[str, type]:
    values = {item.name: getattr(settings, item.name) for item in fields(settings)}
    return {name: type(value) for name, value in values.items() if isinstance(value, str | int | float)}


def _typed(key: str, value: Any, wanted: type) -> Any:
    if wanted is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if not isinstance(value, wanted) or isinstance(value, bool):
        raise UsageError("settings-value", key=key, value=value)
    return value


def _parsed(variable: str, value: str, wanted: type) -> Any:
    try:
        return wanted(value)
    except ValueError:
        raise UsageError("settings-value", key=variable, value=value) from None
