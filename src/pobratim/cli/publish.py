"""``pobratim publish``: a folder for portals; what would go wrong is told before (``--check``)."""

import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import click

from pobratim.cli.gating import gated
from pobratim.cli.localized import LocalCommand
from pobratim.cli.options import A_PATH, decisions_option, option, store_options
from pobratim.cli.portal import Target, send
from pobratim.cli.root import show, talk, talk_of_file
from pobratim.errors import StoreError, UsageError, cause_of
from pobratim.load.workers import cores
from pobratim.messages import Language, text
from pobratim.publishing.check import findings_of
from pobratim.publishing.findings import Finding, stopping
from pobratim.publishing.folder.archive import write_archive
from pobratim.publishing.folder.build import publish
from pobratim.publishing.folder.source import source_of
from pobratim.publishing.keys import template_with
from pobratim.publishing.people.gated import held_back_file
from pobratim.publishing.settings import FILE, Publication, examined, refused
from pobratim.rdf.iris import DEFAULT_BASE
from pobratim.store.backend import StoreBackend
from pobratim.store.directory import GenerationStore
from pobratim.store.opening import open_store
from pobratim.store.tombstones import this_day

_MB = 1_000_000
_FAULTY, _LEFT_OUT = 2, 1
"""Exit codes: of a description that lets nothing be published, and where records stay behind."""


def command(lang: Language) -> click.Command:
    """Return the command with help in ``lang``."""

    def callback(
        folder: Path | None,
        portal: str | None,
        config: Path,
        init: bool,
        check: bool,
        example: bool,
        format_name: str,
        to: str | None,
        owner: str | None,
        dry_run: bool,
        purge: bool,
        store: str,
        state: Path | None,
        decisions: Path | None,
    ) -> int:
        if init and check:
            raise UsageError("publish-one-task")
        target = _target(to, portal, owner, dry_run)
        if init:
            return _init(config, open_store(store, state), lang)
        publication, findings = examined(config, example)
        if check:
            opened = open_store(store, state)
            if publication is not None:
                findings = findings_of(_gated(opened, publication, decisions, lang), publication, folder)
            return _report(findings, format_name, lang)
        if publication is None:
            raise refused(findings)
        if folder is None:
            raise UsageError("publish-needs-folder")
        if target is not None and target.is_dry:
            return send(folder, publication, target, lang)
        gated = _gated(open_store(store, state), publication, decisions, lang)
        code = _publish(gated, publication, folder, purge, lang)
        if to == "zip":
            _pack(folder, lang)
        return max(code, send(folder, publication, target, lang)) if target is not None else code

    return LocalCommand("publish", lang, callback=callback, params=_params(lang))


def _params(lang: Language) -> list[click.Parameter]:
    formats = click.Choice(["text", "json"])
    return [
        click.Argument(["folder"], required=False, type=A_PATH, metavar=text("cli-metavar-folder", lang)),
        click.Argument(["portal"], required=False, metavar=text("cli-metavar-portal", lang)),
        option(lang, "--config", metavar="file", told="publication", type=A_PATH, default=FILE),
        option(lang, "--init"),
        option(lang, "--check", told="publish-check"),
        option(lang, "--example"),
        option(lang, "--format", "format_name", metavar="format", told="publish-format", type=formats, default="text"),
        option(lang, "--to", metavar="format", told="publish-to", type=click.Choice(["zip", "ckan"])),
        option(lang, "--owner", metavar="owner", envvar="POBRATIM_CKAN_OWNER"),
        option(lang, "--dry-run", told="publish-dry-run"),
        option(lang, "--purge"),
        *store_options(lang),
        decisions_option(lang),
    ]


def _target(to: str | None, portal: str | None, owner: str | None, is_dry: bool) -> Target | None:
    """Return where things are sent, None for nowhere. Raises UsageError for options that do not go together."""
    if to != "ckan":
        if portal is not None:
            raise UsageError("publish-portal-alone", portal=portal)
        if is_dry:
            raise UsageError("publish-dry-alone")
        return None
    if portal is None or not portal.startswith(("http://", "https://")):
        raise UsageError("publish-needs-portal", portal=portal or "—")
    if not owner:
        raise UsageError("publish-needs-owner")
    return Target(portal, owner, is_dry)


def _init(file: Path, store: StoreBackend, lang: Language) -> int:
    """Write the template, with the base of the store if there is one; a file that is there is left alone."""
    try:
        base = str(store.manifest().get("base") or DEFAULT_BASE)
    except StoreError:
        base = DEFAULT_BASE
    try:
        with file.open("x", encoding="utf-8", newline="\n") as out:
            out.write(template_with(base))
    except FileExistsError as error:
        raise UsageError("publish-init-exists", file=file) from error
    except OSError as error:
        raise UsageError("output-unwritable", file=file, cause=cause_of(error)) from error
    talk(text("publish-init-done", lang, file=file))
    return 0


def _gated(store: StoreBackend, publication: Publication, decisions: Path | None, lang: Language) -> GenerationStore:
    """Return the store of what may go out, and say how many names were held back."""
    made = gated(store, publication.people, decisions)
    held = held_back_file(made)
    count = held.read_text(encoding="utf-8").count("\n") - 1
    if count:
        talk(text("publish-held-back", lang, count=count, file=held))
    return made


def _report(findings: Sequence[Finding], format_name: str, lang: Language) -> int:
    """Print findings as data, and return the exit code."""
    if format_name == "json":
        show(json.dumps([finding.to_json(lang) for finding in findings], ensure_ascii=False, indent=1))
    for finding in findings if format_name == "text" else ():
        show(finding.line(lang))
    counts = {name: sum(one.severity == name for one in findings) for name in ("error", "left-out", "warning")}
    values = {"errors": counts["error"], "left_out": counts["left-out"], "warnings": counts["warning"]}
    talk(text("publish-check-found", lang, **values) if findings else text("publish-check-clean", lang))
    return _FAULTY if counts["error"] else _LEFT_OUT if counts["left-out"] else 0


def _pack(folder: Path, lang: Language) -> None:
    """Write the folder into an archive beside it. Raises UsageError where that cannot be written."""
    file = folder.with_name(f"{folder.name}.zip")
    try:
        write_archive(folder, file)
    except OSError as error:
        raise UsageError("output-unwritable", file=file, cause=cause_of(error)) from error
    talk_of_file(file, lang)


def _publish(made: GenerationStore, publication: Publication, folder: Path, purge: bool, lang: Language) -> int:
    """Write the folder; what stays behind is told, and an error of the description stops. Return the exit code."""
    findings = findings_of(made, publication, folder)
    if stopping(findings):
        raise refused(stopping(findings))
    for finding in findings:
        talk(finding.line(lang))
    try:
        with source_of(made) as source:
            done = publish(source, publication, folder, date.fromisoformat(this_day("")), cores(), purge)
            holds_gone = bool(source.gone) and done.has_former
    except OSError as error:
        raise UsageError("output-unwritable", file=folder, cause=cause_of(error)) from error
    told = {"folder": folder, "version": done.version.number, "files": done.files, "size": round(done.size / _MB, 1)}
    talk(text("publish-done" if done.is_new else "publish-same", lang, **told))
    if holds_gone:
        talk(text("publish-former-hold", lang, folder=folder))
    return _LEFT_OUT if any(finding.severity == "left-out" for finding in findings) else 0
