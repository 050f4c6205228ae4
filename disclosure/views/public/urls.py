"""The addresses of the figures of requests."""

from __future__ import annotations

from flask import Blueprint

from disclosure.views.public import statistics


def add_figure_urls(blueprint: Blueprint) -> None:
    """Bind the pages of the figures, their CSV and their JSON."""
    statistics.install(blueprint)
    add = blueprint.add_url_rule
    add("/statistics/requests", "statistics", statistics.statistics)
    add("/statistics/requests/<int:year>", "statistics_year", statistics.statistics_year)
    add("/statistics/requests.csv", "statistics_csv", statistics.statistics_csv)
    add("/statistics/requests.json", "statistics_json", statistics.statistics_json)
