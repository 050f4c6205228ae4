"""The commands ``kaiji bundle …``."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from functools import partial
from pathlib import Path
from typing import NoReturn
from zipfile import BadZipFile

import click
from flask import Flask, current_app
from flask.cli import AppGroup

from content.operations import bundle_files
from content.operations.export_bundle import Changing, Exporter, Wish
from content.pages_cli import site_reader
from content.views import bundle_pages
from portal.core import signing
from portal.core.errors import KaijiError
from portal.web.commands import json_option, print_json

ZIP = ".zip"

bundle_cli = AppGroup("bundle", help="The whole record as files that need no server.")


def fail(message: str) -> NoReturn:
    """End with a message and status 2."""
    click.echo(f"kaiji: {message}", err=True)
    sys.exit(2)


def exporter() -> Exporter:
    """What makes bundles of this installation's record."""
    site, app = site_reader(), _app()
    static = Path(app.static_folder or "")
    return Exporter(app.extensions["kaiji"].database, site, static, partial(bundle_pages.dresses, app))


@bundle_cli.command("export")
@click.argument("target", type=click.Path(path_type=Path))
@click.option("--whole", is_flag=True, help="Also each bulletin's own page, version and citation (takes long).")
@click.option("--papers", is_flag=True, help="Also each incident as PDF (takes very long).")
@click.option(
    "--processes",
    type=click.IntRange(1, 64),
    default=lambda: min(os.cpu_count() or 1, 64),
    show_default="one for each processor",
    help="How many work at once.",
)
def export(target: Path, whole: bool, papers: bool, processes: int) -> None:
    """Write the public record to TARGET: a folder that is not there yet, or a file whose name ends in .zip."""
    maker, building, target = exporter(), _app().extensions["kaiji"], target.absolute()
    if target.exists() and (target.suffix == ZIP or any(target.iterdir())):
        fail(f"{target} is there already.")
    target.parent.mkdir(parents=True, exist_ok=True)
    making = Path(tempfile.mkdtemp(prefix=f".{target.name}.", dir=target.parent))
    try:
        folder = making / "kaiji"
        made = maker.export(folder, Wish(whole, papers, processes), signer=building.signer)
        if target.suffix == ZIP:
            bundle_files.pack(folder, making / target.name, at=made.state.as_of)
            (making / target.name).replace(target)
        else:
            if target.is_dir():
                target.rmdir()
            folder.rename(target)
    except Changing:
        fail("The record was changed while it was exported. Run it again.")
    except KaijiError as error:
        fail(str(error))
    finally:
        shutil.rmtree(making, ignore_errors=True)
    click.echo(f"{made.files} files" + ("" if building.signer else ", not signed (KAIJI_SIGNING=none)"))


@bundle_cli.command("verify")
@click.argument("bundle", type=click.Path(exists=True, path_type=Path))
@json_option
def verify(bundle: Path, as_json: bool) -> None:
    """Check every file of BUNDLE, a folder or a ZIP, and who signed it; ends with status 1 when it is not ours."""
    try:
        report = bundle_files.look(bundle, anchors=signing.anchors(_app().extensions["kaiji"].settings))
    except (OSError, BadZipFile) as error:
        fail(f"{bundle} cannot be read: {error}")
    good = report.whole and report.signed.valid
    if as_json:
        print_json({**vars(report), "whole": report.whole, "signed": vars(report.signed), "ok": good})
    else:
        for words, names in (("changed", report.changed), ("missing", report.missing), ("unknown", report.unknown)):
            for name in names:
                click.echo(f"{words}: {name}")
        click.echo(f"{report.files} files are as the list says")
        signed = report.signed
        by = f"signed by {signed.subject} at {signed.signed_at}" + (" (SAMPLE)" if signed.sample else "")
        click.echo(by if signed.valid else f"not signed by us: {signed.reason}")
    sys.exit(0 if good else 1)


def _app() -> Flask:
    found: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    return found
