"""Every address of this room in one place."""

from flask import Blueprint

from search import views

public_blueprint = Blueprint("search", __name__, template_folder="templates")

public_blueprint.add_url_rule("/search", "find", views.find)
public_blueprint.add_url_rule("/search.json", "find_json", views.find_json)
