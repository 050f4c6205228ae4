"""The addresses of the resident's pages."""

from __future__ import annotations

from flask import Blueprint


def add_public_urls(blueprint: Blueprint) -> None:
    """Bind every address of a request and of a case that its sender opened."""
