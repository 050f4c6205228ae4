"""The desk's page of words that mean the same: what holds, a group that is being written, what it would change."""

from dataclasses import dataclass

from flask import flash, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from portal.core import clock
from portal.core.actor import Role
from portal.web.access import requires
from portal.web.building import settings
from portal.web.fields import TextAreaField, TextField
from portal.web.forms import Form
from portal.web.language import _, _l
from search import synonyms
from search.backend import Backend
from search.engines import engine
from search.query import Query, Word
from search.synonyms import Groups, widened

_SHOWN = 3


class GroupForm(Form):
    """A group by its name; without words it is given up."""

    key = TextField(_l("Name of the group"), longest=60, hint=_l("A short name, for example juki-net."))
    words = TextAreaField(
        _l("Words that mean the same"),
        required=False,
        longest=500,
        rows=5,
        hint=_l("One in each line, up to 8. With fewer than two the group is given up."),
    )

    def group(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(line.strip() for line in (self.words.data or "").splitlines() if line.strip()))


@dataclass(frozen=True)
class Preview:
    """How many things a word finds now, how many it would, and the first of these."""

    word: str
    now: int
    then: int
    titles: tuple[str, ...]


@requires(Role.PUBLISHER)
def page() -> Response | tuple[str, int] | str:
    """All groups, and the form; what it would change is shown before it is kept."""
    known, form = synonyms.groups(g.session), GroupForm()
    chosen = request.args.get("group", "")
    if not form.is_submitted() and chosen in known:
        form.key.data, form.words.data = chosen, "\n".join(known[chosen])
    previews: list[Preview] = []
    if form.validate_on_submit():
        key = (form.key.data or "").strip()
        if request.form.get("step") == "keep":
            try:
                synonyms.keep(g.session, key, list(form.group()), by=g.actor, at=clock.now())
            except ValueError:
                form.refuse("words", _("A group has at most 8 words of at most 60 characters."))
            else:
                flash(_("The words are kept. Readers find by them from now on."), "success")
                return redirect(url_for("search_staff.synonyms"), 303)
        else:
            previews = _previews(engine(settings()), known, key, form.group())
    made = render_template("search/synonyms.html", form=form, groups=known, previews=previews)
    return (made, 422) if form.errors else made


def _previews(index: Backend, known: Groups, key: str, words: tuple[str, ...]) -> list[Preview]:
    """For each word that is in the group now or would be."""
    then = {name: group for name, group in known.items() if name != key}
    if len(words) > 1:
        then[key] = words
    rows = []
    for word in dict.fromkeys((*words, *known.get(key, ()))):
        query = Query(((Word(word),),))
        found = index.find(widened(query, then), limit=_SHOWN)
        titles = tuple(hit.title for hit in found.hits)
        rows.append(Preview(word, index.find(widened(query, known), limit=0).total, found.total, titles))
    return rows
