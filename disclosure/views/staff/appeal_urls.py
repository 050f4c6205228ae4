"""The addresses of appeals, suits, complaints and the export of a case."""

from __future__ import annotations

from flask import Blueprint

from disclosure.views.staff import appeal_letters, appeals, complaints, export, suits, withheld

BOTH = ("GET", "POST")
POST = ("POST",)


def add_appeal_urls(blueprint: Blueprint) -> None:
    """Bind every address of them."""
    add = blueprint.add_url_rule
    case = "/staff/cases/<number>"
    one = f"{case}/appeals/<appeal_id>"
    add("/staff/appeals", "appeal_desk", appeals.appeal_desk)
    add(f"{case}/appeals", "new_appeal", appeals.new_appeal, methods=BOTH)
    add(one, "appeal", appeals.appeal)
    add(f"{one}/steps", "appeal_step", appeals.appeal_step, methods=POST)
    add(f"{one}/people", "appeal_people_page", appeals.appeal_people_page, methods=BOTH)
    add(f"{one}/people/<person_id>/remove", "remove_person", appeals.remove_person, methods=POST)
    add(f"{one}/consultation", "consult", appeal_letters.consult, methods=BOTH)
    add(f"{one}/ruling", "ruling", appeal_letters.ruling, methods=BOTH)
    add(f"{one}/decision", "decide_anew", appeal_letters.decide_anew, methods=BOTH)
    add(f"{case}/withheld.csv", "withheld_csv", withheld.withheld_csv)
    add(f"{case}/withheld.pdf", "withheld_pdf", withheld.withheld_pdf)
    add(f"{case}/suits", "suits", suits.suits, methods=BOTH)
    add(f"{case}/suits/<suit_id>/end", "end_suit", suits.end_suit, methods=BOTH)
    add(f"{case}/export", "export", export.export, methods=BOTH)
    add("/staff/complaints", "complaints", complaints.complaints)
    add("/staff/complaints/new", "new_complaint", complaints.new_complaint, methods=BOTH)
    add("/staff/complaints/<number>", "complaint", complaints.complaint, methods=BOTH)
