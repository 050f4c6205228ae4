"""The addresses of the desk beside its list: saved filters, workload, absences."""

from __future__ import annotations

from flask import Blueprint

from disclosure.views.staff import desk, workload


def add_desk_urls(blueprint: Blueprint) -> None:
    """Bind them."""
    add = blueprint.add_url_rule
    add("/staff/filters", "save_filter", desk.save_filter, methods=("POST",))
    add("/staff/filters/<filter_id>/drop", "drop_filter", desk.drop_filter, methods=("POST",))
    add("/staff/workload", "workload", workload.workload)
    add("/staff/absences", "absences", workload.absences, methods=("GET", "POST"))
    add("/staff/absences/<absence_id>/end", "end_absence", workload.end_absence, methods=("POST",))
