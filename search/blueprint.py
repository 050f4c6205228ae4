"""Every address of this room in one place."""

from flask import Blueprint

from search import desk, saved, views

public_blueprint = Blueprint("search", __name__, template_folder="templates")

public_blueprint.add_url_rule("/search", "find", views.find)
public_blueprint.add_url_rule("/search.json", "find_json", views.find_json)
public_blueprint.add_url_rule("/search.atom", "feed", saved.feed)
public_blueprint.add_url_rule("/search/suggest.json", "suggest", views.suggest)

staff_blueprint = Blueprint("search_staff", __name__, template_folder="templates")

staff_blueprint.add_url_rule("/staff/search/synonyms", "synonyms", desk.page, methods=("GET", "POST"))
