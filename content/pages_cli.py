"""The commands ``kaiji pages …``."""

from __future__ import annotations

import sys
from typing import Any

import click
from flask import Flask, current_app
from flask.cli import AppGroup

from content.operations.write_pages import Writer
from portal.core import clock, made_by
from portal.core.settings import Surface
from portal.web.building import database, settings
from portal.web.commands import json_option, print_json
from portal.web.reader import Reader

AT_ONCE = 3600.0

pages_cli = AppGroup("pages", help="The public pages as files, for a web server in front.")


def site_reader() -> Reader:
    """The site's own pages; ends the command where this installation serves none."""
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    if settings().surface is Surface.STAFF:
        click.echo("kaiji: KAIJI_SURFACE=staff serves no public pages; run this with public or all.", err=True)
        sys.exit(2)
    return Reader(app.wsgi_app, settings())


def writer() -> Writer:
    """The writer of this installation's folder."""
    site = site_reader()
    return Writer(database(), site.settings.published_folder, site.ask, made_by.mark(site.settings))


@pages_cli.command("write")
@click.option("--all", "everything", is_flag=True, help="The whole record, not only what changed.")
@json_option
def write(everything: bool, as_json: bool) -> None:
    """Write the pages that changed since they were written last; the worker does so by itself."""
    done = writer().run(now=clock.now(), seconds=AT_ONCE, everything=everything)
    if as_json:
        print_json(vars(done))
    else:
        click.echo(f"{done.written} pages written, {done.same} found as they were, {done.removed} taken away")
        if done.waiting:
            click.echo(f"{done.waiting} things are still to be written: run it again, or leave it to the worker")


@pages_cli.command("check")
@json_option
def check(as_json: bool) -> None:
    """Compare every written page with what the site answers now; ends with status 1 when one is not the same."""
    found = writer().check()
    if as_json:
        said: list[dict[str, Any]] = [{"address": address, "problem": problem} for address, problem in found]
        print_json(said)
    else:
        for address, problem in found:
            click.echo(f"{address}: {problem}")
        click.echo(f"{len(found)} pages are not as they should be" if found else "all written pages are right")
    sys.exit(1 if found else 0)
