"""The description of the API for programs, the same for people, and what every answer of it carries."""

from __future__ import annotations

from flask import Response, jsonify, render_template, request
from flask.blueprints import BlueprintSetupState

from content.rules import api
from content.rules.reuse import API, LICENCE_URL
from portal.web.access import public

# Whoever reads from another site: nothing here depends on who asks.
OPEN = ("/api/", "/data/", "/feeds/")
METHODS = "GET, HEAD, OPTIONS"
KEPT_SECONDS = "86400"


def install(state: BlueprintSetupState) -> None:
    """Let programs of other sites read the API and the files of the record."""

    @state.app.after_request
    def open_to_all(response: Response) -> Response:
        if request.path.startswith(OPEN):
            headers = response.headers
            headers["Access-Control-Allow-Origin"] = "*"
            headers["Access-Control-Expose-Headers"] = "ETag, Link, Last-Modified, Retry-After"
            if request.method == "OPTIONS":
                headers["Access-Control-Allow-Methods"] = METHODS
                headers["Access-Control-Allow-Headers"] = "If-None-Match, If-Modified-Since"
                headers["Access-Control-Max-Age"] = KEPT_SECONDS
        return response


@public
def openapi() -> Response:
    """The description as it is written."""
    response = jsonify(api.description())
    response.headers.add("Link", f'<{LICENCE_URL}>; rel="license"')
    return response


@public
def developers() -> str:
    """The same for people: every address, what may be asked, what is answered."""
    found = list(api.operations().values())
    tags = list(dict.fromkeys(one.entry["tags"][0] for one in found))
    return render_template(
        "content/developers.html",
        api=API,
        groups=[(tag, [one for one in found if one.entry["tags"][0] == tag]) for tag in tags],
        form=api_form,
    )


def api_form(schema: dict[str, object]) -> str:
    """What a parameter may hold, in the words of the description."""
    if "enum" in schema:
        return " | ".join(str(word) for word in list(schema["enum"]))  # type: ignore[call-overload]
    if schema["type"] == "integer":
        return f"{schema['minimum']}–{schema['maximum']}"
    return str(schema.get("format", schema["type"]))
