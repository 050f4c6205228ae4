"""The addresses of the staff's pages."""

from __future__ import annotations

from flask import Blueprint


def add_staff_urls(blueprint: Blueprint) -> None:
    """Bind every address of the desk."""
