"""The addresses of the figures of requests and of the forms."""

from __future__ import annotations

from flask import Blueprint

from disclosure.views.public import forms, statistics


def add_figure_urls(blueprint: Blueprint) -> None:
    """Bind the pages of the figures, their CSV and their JSON."""
    statistics.install(blueprint)
    add = blueprint.add_url_rule
    add("/statistics/requests", "statistics", statistics.statistics)
    add("/statistics/requests/<int:year>", "statistics_year", statistics.statistics_year)
    add("/statistics/requests.csv", "statistics_csv", statistics.statistics_csv)
    add("/statistics/requests.json", "statistics_json", statistics.statistics_json)


def add_form_urls(blueprint: Blueprint) -> None:
    """Bind the list of forms, each form, and its blank PDF."""
    add = blueprint.add_url_rule
    add("/forms", "forms", forms.forms)
    add("/forms/<slug>", "form", forms.form, methods=("GET", "POST"))
    add("/forms/<slug>.pdf", "form_pdf", forms.form_pdf)
