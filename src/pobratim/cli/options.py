"""The options of commands: how one is made, and those that several commands share."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import click

from pobratim.cli.localized import RequiredOption
from pobratim.errors import UsageError
from pobratim.messages import Language, text

if TYPE_CHECKING:
    from pobratim.sources import Source

A_PATH = click.Path(path_type=Path)
_NO_VALUES: Mapping[str, str] = MappingProxyType({})


def option(
    lang: Language,
    *names: str,
    metavar: str = "",
    told: str = "",
    values: Mapping[str, str] = _NO_VALUES,
    required: bool = False,
    **settings: Any,
) -> click.Option:
    """Return an option of these ``names``, a switch where it has no ``metavar``.

    Its help is the message ``cli-opt-TOLD`` (without ``told``, its first long name) filled with ``values``, its value
    stands there as the message ``cli-metavar-METAVAR``. ``settings`` are those of click.Option.
    """
    long = next(name for name in names if name.startswith("--"))
    settings["help"] = text(f"cli-opt-{told or long.removeprefix('--')}", lang, **values)
    settings |= {"metavar": text(f"cli-metavar-{metavar}", lang)} if metavar else {"is_flag": True}
    return RequiredOption(list(names), lang, **settings) if required else click.Option(list(names), **settings)


def store_options(lang: Language) -> list[click.Parameter]:
    """Return ``--store`` and ``--state``, given to the command as ``store``, a directory or a URL, and ``state``."""
    return [
        option(lang, "--store", metavar="store", default="pobratim-data", envvar="POBRATIM_STORE"),
        option(lang, "--state", metavar="folder", type=A_PATH, envvar="POBRATIM_STATE"),
    ]


def decisions_option(lang: Language) -> click.Option:
    """Return ``--decisions``, given to the command as a Path or None for the ledger beside the store."""
    return option(lang, "--decisions", metavar="file", type=A_PATH, envvar="POBRATIM_DECISIONS")


def output_option(lang: Language, required: bool = False) -> click.Option:
    """Return ``-o``, given to the command as a Path or None for stdout."""
    told = "output-file" if required else "output"
    return option(lang, "-o", "--output", metavar="file", told=told, required=required, type=A_PATH)


def parameter_option(lang: Language) -> click.Option:
    """Return ``--param``, given to the command as ``params``, a mapping."""
    return option(lang, "--param", "params", metavar="param", multiple=True, callback=_split_parameters)


def format_option(lang: Language, formats: Sequence[str]) -> click.Option:
    """Return ``--format``, given to the command as ``format_name``, a string or None."""
    kind, values = click.Choice(list(formats)), {"formats": ", ".join(formats)}
    return option(lang, "--format", "format_name", metavar="format", values=values, type=kind)


def loaders_option(lang: Language) -> click.Option:
    """Return ``--loaders``, given to the command as a tuple of Paths: those named, else ``default_folders``."""
    return option(lang, "--loaders", metavar="folder", multiple=True, type=A_PATH, callback=_loaders)


def source_option(lang: Language) -> click.Option:
    """Return ``--source``, given to the command as a string, "" if no source is named."""
    return option(lang, "--source", metavar="name", default="")


def chosen_source(name: str, loaders: Sequence[Path]) -> "Source | None":
    """Return the source called ``name``, None for "". Raises UsageError for an unknown or malformed one."""
    from pobratim.sources import find_source  # imported here: a help text needs no lexicon

    return find_source(name, loaders) if name else None


def paths_argument(lang: Language, name: str = "paths", required: bool = True) -> click.Argument:
    """Return an argument of files, given to the command as a tuple of Paths, at least one if ``required``.

    What stands for it in the help is the message ``cli-metavar-NAME``.
    """
    return click.Argument([name], nargs=-1, required=required, type=A_PATH, metavar=text(f"cli-metavar-{name}", lang))


def home_option(lang: Language) -> click.Option:
    """Return ``--home``, given to the command as a string, "" if it is to be read from the report."""
    return option(lang, "--home", metavar="home", default="")


def _loaders(ctx: click.Context, option: click.Parameter, values: Sequence[Path]) -> tuple[Path, ...]:
    del ctx, option
    from pobratim.sources import default_folders  # as above

    return tuple(values) or default_folders()


def _split_parameters(ctx: click.Context, option: click.Parameter, values: Sequence[str]) -> dict[str, str]:
    del ctx, option
    pairs = [value.partition("=") for value in values]
    for name, sign, value in pairs:
        if not name or not sign:
            raise UsageError("cli-param-form", value=name + value)
    return {name.strip(): value for name, _, value in pairs}
