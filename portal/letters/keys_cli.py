"""``kaiji letters key``: the key that letters are signed with."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from portal.core import clock, signing, signing_request, signing_sample
from portal.core.errors import KaijiError
from portal.core.settings import Settings, SettingsError, Signing
from portal.core.signing import CannotSign
from portal.web.commands import json_option, print_json


@click.group("key")
def key_cli() -> None:
    """The key that letters are signed with."""


@contextmanager
def _plainly() -> Iterator[Settings]:
    """The settings; what goes wrong ends the command in plain words."""
    try:
        yield Settings.from_env()
    except CannotSign as error:
        raise click.ClickException(error.reason or str(error)) from None
    except (SettingsError, KaijiError) as error:
        raise click.ClickException(str(error)) from None


@key_cli.command()
@click.option("--ask", is_flag=True, help="Also ask the time-stamp service for a stamp.")
@json_option
def show(ask: bool, as_json: bool) -> None:
    """Say whose certificate it is, how long it is valid, and what is wrong with it."""
    with _plainly() as settings:
        found = signing.signer(settings)
        now = clock.now()
        shown: dict[str, object] = {"signing": str(settings.signing)}
        warnings: list[str] = []
        if found:
            certificate = found.certificate
            shown |= {
                "subject": certificate.subject,
                "issuer": certificate.issuer,
                "not_before": certificate.not_before.isoformat(),
                "not_after": certificate.not_after.isoformat(),
                "days_left": certificate.days_left(clock.day_in_japan(now)),
                "algorithm": certificate.algorithm,
                "fingerprint": certificate.fingerprint,
                "sample": found.sample,
                "time_stamp": settings.timestamp_url,
            }
            if warning := found.warning(clock.day_in_japan(now)):
                warnings.append(str(warning))
            if not found.leads_to(signing.anchors(settings), at=now):
                warnings.append("The certificate does not lead to a trusted root (KAIJI_SIGNING_ANCHORS).")
            if ask and settings.timestamp_url and (reason := signing.stamp_problem(settings)):
                warnings.append(reason)
    if as_json:
        print_json({**shown, "warnings": warnings})
        return
    if not found:
        click.echo("Letters are not signed (KAIJI_SIGNING=none).")
    for name, value in shown.items():
        click.echo(f"{name + ':':13}{value}")
    for text in warnings:
        click.echo(f"! {text}")


@key_cli.command()
@click.option("--subject", required=True, help="Whose key it is: CN=…, O=…, C=JP")
@click.option("--folder", required=True, type=click.Path(file_okay=False, path_type=Path), help="Where to write it.")
@click.option("--rsa", "with_rsa", is_flag=True, help="RSA 3072 instead of EC P-256.")
def request(subject: str, folder: Path, with_rsa: bool) -> None:
    """Make a new key, its password, and the request (CSR) for a certification authority."""
    with _plainly():
        click.echo(signing_request.request(folder, subject=subject, with_rsa=with_rsa))


@key_cli.command()
def sample() -> None:
    """Make the key of a demonstration, when it is missing. Its signatures prove nothing."""
    with _plainly() as settings:
        if settings.signing is not Signing.SAMPLE:
            raise SettingsError(f"KAIJI_SIGNING is {settings.signing}: a sample key would not be used.")
        made = signing_sample.make(settings.keys, organisation=settings.organisation.name, at=clock.now())
    click.echo("sample key made" if made else "sample key is there")
