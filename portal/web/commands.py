"""What commands of all rooms share: data for programs beside words for people."""

from __future__ import annotations

import json
from typing import Any

import click

# `--json`, as the parameter `as_json`.
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON for programs.")


def print_json(value: Any) -> None:
    """Print data for programs: JSON in UTF-8; what JSON does not know (days, paths) as its text."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2, default=str))
