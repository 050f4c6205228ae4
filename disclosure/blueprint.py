"""Every address of the request room, for the public and for staff."""

from __future__ import annotations

from flask import Blueprint

from disclosure.views.public.urls import add_figure_urls, add_form_urls
from disclosure.views.resident.paper_urls import add_paper_urls
from disclosure.views.resident.urls import add_public_urls
from disclosure.views.staff.urls import add_staff_urls

public_blueprint = Blueprint("disclosure", __name__, template_folder="templates")
staff_blueprint = Blueprint("disclosure_staff", __name__, template_folder="templates")

add_public_urls(public_blueprint)
add_figure_urls(public_blueprint)
add_form_urls(public_blueprint)
add_paper_urls(public_blueprint)
add_staff_urls(staff_blueprint)
