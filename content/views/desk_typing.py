"""What forms of the desk that are kept from the first keystroke have alike."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any, Protocol

from flask import g, request
from werkzeug.datastructures import MultiDict

from content.forms import typed
from content.models.typings import Typing
from content.operations.typing import keep_typed
from portal.core import clock
from portal.web.language import in_japan

# Who typed within this time counts as still writing.
STILL_HERE = timedelta(minutes=10)


def keep_sent(place: str, title: str) -> tuple[Typing, list[str]]:
    """Keep what was sent of the form at a place; with it the names of the fields that were left out. Invalid."""
    sent = request.form
    return keep_typed(
        g.session,
        place,
        typed.sent(sent),
        typing_id=sent.get("typing", "")[:36] or None,
        version=typed.version(sent.get("typing_version", "")),
        title=title,
        by=g.actor,
        at=clock.now(),
    )


class Kept(Protocol):
    """A form that is kept, of whatever room."""

    @property
    def id(self) -> str: ...
    @property
    def version(self) -> int: ...


def for_script(kept: Kept, refused: list[str], form: Any) -> dict[str, Any]:
    """What was kept, as the script is told; fields that were left out by their labels in ``form``."""
    labels = {name: label for name, label, _field in typed.fields(form)}
    return {
        "typing": kept.id,
        "version": kept.version,
        "at": in_japan(clock.now()).strftime("%H:%M:%S"),
        "refused": [labels.get(name, name) for name in refused],
    }


def go_on(form: Any, kept: Typing) -> None:
    """Have a form go on from what was kept."""
    form.typing.data, form.typing_version.data = kept.id, str(kept.version)


def chosen(make: Callable[[Any], Any]) -> MultiDict[str, str]:
    """What was sent, with the other text where that was chosen; ``make`` gives the form of values, of None as saved."""
    sent: MultiDict[str, str] = MultiDict(request.form)
    if any(name.startswith(typed.TAKE) for name in sent):
        sent = typed.merged(sent, typed.standing(make(None)))
    return sent


def theirs(form: Any, version: int, make: Callable[[Any], Any], sent: MultiDict[str, str]) -> list[typed.Difference]:
    """What somebody else saved since the form was opened, now at ``version``; the form then goes on from there."""
    if form.version.data == str(version):
        return []
    saved = typed.standing(make(None))
    whole: MultiDict[str, str] = MultiDict({**saved, **typed.sent(sent)})
    form.version.data = str(version)
    return typed.differences(make(whole), typed.sent(sent), saved)
