"""Commands of the search room: ``kaiji search …``."""

import sys
from itertools import chain

import click
from flask.cli import AppGroup

from portal.core import clock
from portal.core.actor import SYSTEM
from portal.web.building import database, settings
from portal.web.commands import json_option, print_json
from search import operations, queries, synonyms, vocabulary
from search.backend import Backend
from search.engines import engine
from search.sources import SOURCES

search_cli = AppGroup("search", help="Find published things; build and check the index.")


def _engine() -> Backend:
    return engine(settings())


@search_cli.command()
@click.argument("query")
@click.option("--limit", default=20, show_default=True, type=click.IntRange(1, 1000), help="How many hits to print.")
@click.option("--language", type=click.Choice(["ja", "en"]), help="Show what exists in this language first.")
@json_option
def find(query: str, limit: int, language: str | None, as_json: bool) -> None:
    """Find QUERY: words, "phrases", OR, -not."""
    with database().session(write=False) as session:
        same = synonyms.groups(session)
    index = _engine()

    def words() -> vocabulary.Vocabulary:
        return vocabulary.Vocabulary(index.words(), None, chain.from_iterable(same.values()))

    answer = queries.find(index, query, language=language, limit=limit, synonyms=same, words=words)
    found = answer.found
    if not found.ready:
        click.echo("There is no index yet: run `kaiji search rebuild`.", err=True)
        sys.exit(2)
    if as_json:
        hits = [
            {
                "key": hit.key,
                "kind": hit.kind,
                "title": hit.title,
                "url": hit.url,
                "day": hit.day.isoformat() if hit.day else None,
            }
            for hit in found.hits
        ]
        print_json({"total": found.total, "hits": hits})
        return
    click.echo(f"{found.total} found" + ("" if answer.reading == "exact" else f" ({answer.reading})"))
    for hit in found.hits:
        click.echo(f"{hit.day or '          '}  {hit.kind:<10} {hit.title}  {hit.url}")


@search_cli.command(name="synonyms")
@click.option("--keep", metavar="KEY", help="Have a group, new or present, hold these words; without words: remove it.")
@click.argument("words", nargs=-1)
@json_option
def show_synonyms(keep: str | None, words: tuple[str, ...], as_json: bool) -> None:
    """Show the groups of WORDS that mean the same, or change one (it is journalled)."""
    if keep:
        try:
            with database().session(write=True) as session:
                synonyms.keep(session, keep, list(words), by=SYSTEM, at=clock.now())
        except ValueError as problem:
            raise click.ClickException(str(problem)) from problem
    with database().session(write=False) as session:
        found = synonyms.groups(session)
    if as_json:
        print_json({key: list(group) for key, group in found.items()})
        return
    for key, group in found.items():
        click.echo(f"{key}: {' = '.join(group)}")


@search_cli.command()
@json_option
def rebuild(as_json: bool) -> None:
    """Build a new index beside the present one, then switch to it."""
    try:
        count = operations.rebuild(database(), SOURCES, _engine())
    except operations.NoSources as problem:
        raise click.ClickException(str(problem)) from problem
    if as_json:
        print_json({"records": count})
    else:
        click.echo(f"{count} records")


@search_cli.command()
@json_option
def check(as_json: bool) -> None:
    """Compare the index with the database; ends with status 1 when they differ."""
    found = operations.check(database(), SOURCES, _engine())
    data = {"ok": not found, "missing": found.missing, "outdated": found.outdated, "surplus": found.surplus}
    if as_json:
        print_json(data)
    else:
        for name in ("missing", "outdated", "surplus"):
            click.echo(f"{name}: {len(getattr(found, name))}")
    sys.exit(1 if found else 0)


@search_cli.command()
@json_option
def stats(as_json: bool) -> None:
    """Describe the index."""
    state = _engine().stats()
    data = {
        "engine": state.engine,
        "ready": state.ready,
        "records": state.records,
        "bytes": state.size,
        "generation": state.generation,
    }
    if as_json:
        print_json(data)
    else:
        for name, value in data.items():
            click.echo(f"{name}: {value}")
