"""``pobratim load``: reports into the store."""

from pathlib import Path

import click

from pobratim.cli.localized import LocalCommand
from pobratim.cli.options import (
    A_PATH,
    chosen_source,
    decisions_option,
    home_option,
    loaders_option,
    option,
    paths_argument,
    source_option,
    store_options,
)
from pobratim.cli.root import talk, talk_of_file, writing
from pobratim.errors import UsageError
from pobratim.load.pipeline import load
from pobratim.load.report import LoadReport
from pobratim.load.report_files import check_suffix, render
from pobratim.load.settings import Settings
from pobratim.messages import Language, text
from pobratim.progress import progress_bar
from pobratim.rdf.iris import DEFAULT_BASE
from pobratim.store.opening import open_store


def command(lang: Language) -> click.Command:
    """Return the command with help in ``lang``."""

    def callback(
        paths: tuple[Path, ...],
        store: str,
        state: Path | None,
        home: str,
        base: str,
        report: Path | None,
        force: bool,
        source: str,
        loaders: tuple[Path, ...],
        live: bool,
        endpoint: str,
        decisions: Path | None,
        no_keep: bool,
        jobs: int,
        period: str,
    ) -> int:
        target = open_store(store, state, base or DEFAULT_BASE, force)
        is_new = not target.manifest()
        if not paths and not live and is_new:
            raise UsageError("cli-load-no-paths")
        if report:
            check_suffix(report)
        settings = Settings(
            home.upper(),
            base,
            force,
            chosen_source(source, loaders),
            live,
            endpoint,
            decisions,
            loaders=loaders,
            keep=not no_keep,
            jobs=jobs,
            survey=report is not None,
            period=period,
        )
        with progress_bar(lang) as step:
            result = load(paths, target, settings, step)
        _tell(result, is_new, lang)
        if report:
            with writing(report) as out:
                out.write(render(result, report.suffix.lower(), lang))
            talk_of_file(report, lang)
        return result.exit_code

    return LocalCommand("load", lang, callback=callback, params=_options(lang))


def _tell(result: LoadReport, is_new: bool, lang: Language) -> None:
    for line in result.lines(lang):
        talk(line)
    if is_new and result.base == DEFAULT_BASE:
        talk(text("cli-base-default", lang, base=DEFAULT_BASE))


def _options(lang: Language) -> list[click.Parameter]:
    return [
        paths_argument(lang, required=False),
        *store_options(lang),
        decisions_option(lang),
        home_option(lang),
        source_option(lang),
        loaders_option(lang),
        option(lang, "--live"),
        option(lang, "--endpoint", metavar="base", default=""),
        option(lang, "--base", metavar="base", default="", envvar="POBRATIM_BASE"),
        option(lang, "--report", metavar="file", type=A_PATH),
        option(lang, "--force"),
        option(lang, "--no-keep"),
        option(lang, "--jobs", metavar="count", type=click.IntRange(min=0), default=0),
        option(lang, "--period", metavar="period", default=""),
    ]
