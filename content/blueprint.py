"""Every address of this room in one place."""

from flask import Blueprint

from content.views import home

public_blueprint = Blueprint("content", __name__, template_folder="templates")
staff_blueprint = Blueprint("content_staff", __name__, template_folder="templates")

public_blueprint.add_url_rule("/", "home", home.home)
