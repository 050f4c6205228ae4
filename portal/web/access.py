"""Who may open which page. Every view is marked; an unmarked one stops the start."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from flask import Flask, g, redirect, request, url_for
from werkzeug.wrappers import Response

from portal.core.actor import PUBLIC, Actor, ActorKind, Role
from portal.core.errors import N_, Forbidden

View = TypeVar("View", bound=Callable[..., Any])
FROM_ELSEWHERE = N_("This form was sent from another site. Please fill it in here.")
OTHER_BODY = N_("This page is for staff of this organisation.")
WRONG_ROLE = N_("Your role does not allow this page.")


@dataclass(frozen=True)
class Access:
    """Open to everyone or to ``roles`` (any staff when empty). ``writes``: even a GET needs a writing session.

    ``bodies``: also open to people of other bodies, who are kept out of everything else.
    """

    everyone: bool
    roles: frozenset[Role] = frozenset()
    writes: bool = False
    bodies: bool = False

    def opens_for(self, actor: Actor) -> bool:
        """Whether somebody who is signed in may open the view."""
        if actor.kind is ActorKind.BODY and not self.bodies:
            return False
        return not self.roles or bool(self.roles & actor.roles)


def public(view: View | None = None, *, records_look: bool = False) -> Any:
    """Mark a view as open to everyone; ``records_look`` when it shows somebody's own data."""

    def mark(function: View) -> View:
        function.access = Access(everyone=True, writes=records_look)  # type: ignore[attr-defined]
        return function

    return mark(view) if view is not None else mark


def requires(*roles: Role, records_look: bool = False, bodies: bool = False) -> Callable[[View], View]:
    """Mark a view as open to staff who have at least one of ``roles`` (any staff when none is named).

    ``bodies``: to people of other bodies as well, who see there what is their body's only.
    """
    access = Access(everyone=False, roles=frozenset(roles), writes=records_look, bodies=bodies)

    def mark(function: View) -> View:
        function.access = access  # type: ignore[attr-defined]
        return function

    return mark


def access_of(app: Flask, endpoint: str | None) -> Access | None:
    """The mark of an endpoint, or None for an unknown page."""
    view = app.view_functions.get(endpoint or "")
    return getattr(view, "access", None)


def check_marks(app: Flask) -> None:
    """Refuse to start while a route is unmarked."""
    unmarked = sorted(name for name in app.view_functions if access_of(app, name) is None)
    if unmarked:
        raise RuntimeError(f"Views without @public or @requires: {', '.join(unmarked)}")


def install(app: Flask, find_staff: Callable[[], Actor | None]) -> Callable[[], Response | None]:
    """Check each request's access; returns the check. ``find_staff`` reads the signed-in person from the session."""

    @app.before_request
    def check_access() -> Response | None:
        access = access_of(app, request.endpoint)
        g.actor = PUBLIC
        if request.method not in ("GET", "HEAD", "OPTIONS") and request.headers.get("Sec-Fetch-Site") == "cross-site":
            raise Forbidden(FROM_ELSEWHERE)
        if access is None or access.everyone:
            return None
        staff = find_staff()
        if staff is None:
            back = request.script_root + request.full_path.rstrip("?") if request.method in ("GET", "HEAD") else None
            answer = redirect(url_for("accounts.sign_in", next=back))
            answer.headers["Cache-Control"] = "no-store"
            return answer
        g.actor = staff
        if not access.opens_for(staff):
            raise Forbidden(OTHER_BODY if staff.kind is ActorKind.BODY else WRONG_ROLE)
        return None

    return check_access
