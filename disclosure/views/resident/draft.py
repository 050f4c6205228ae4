"""The draft of a request in the visitor's sealed session: answers, files, and the key that makes it one request."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from flask import session

from disclosure.forms.resident.questions import REQUESTERS
from disclosure.rules import agents, identity
from disclosure.rules.kinds import Requester
from portal.core import access_code
from portal.core.files import CleanFile
from portal.web.sessions import WebSession

DRAFT, DOCUMENTS = "request", "documents"
QUESTIONS = ("procedure", "records", "person", "agent", "contact", "delivery", "identity", "agency")
OF_AGENTS = frozenset({"agent", "agency"})
MOST_FILES = 4


@dataclass(frozen=True)
class KeptFile:
    """A file of the draft: accepted, re-encoded and sealed.

    ``document`` is the code of the identity document, or of the proof that one may act for somebody (``page``
    ``agency``); ``made_on`` is the day on which a proof was made, as typed.
    """

    id: str
    name: str
    document: str
    media_type: str
    size: int
    pages: int
    sha256: str
    page: str = "identity"
    made_on: str = ""


class Draft:
    """One visitor's draft. Every change writes it back into the session, under ``slot``."""

    slot = DRAFT

    def __init__(self, values: dict[str, Any]) -> None:
        self._values = values

    @property
    def key(self) -> str:
        """The submission key: one draft files one request, however often it is sent."""
        return str(self._values["key"])

    @property
    def access_code(self) -> str:
        """The code under which the case will open."""
        return str(self._values["code"])

    @property
    def files(self) -> tuple[KeptFile, ...]:
        """The uploaded identity documents, in their order."""
        return tuple(file for file in self.all_files if file.page == "identity")

    @property
    def proofs(self) -> tuple[KeptFile, ...]:
        """The uploaded proofs that one may act for the person concerned, in their order; none of one who asks alone."""
        own = self.requester is Requester.PERSON
        return () if own else tuple(file for file in self.all_files if file.page == "agency")

    @property
    def all_files(self) -> tuple[KeptFile, ...]:
        """Every uploaded file."""
        return tuple(KeptFile(**row) for row in self._values["files"])

    @property
    def requester(self) -> Requester:
        """Who asks, as far as it is said."""
        return REQUESTERS.get(self.answer("records").get("whose", ""), Requester.PERSON)

    @property
    def questions(self) -> tuple[str, ...]:
        """The questions of this request, in their order."""
        return questions(self.requester)

    @property
    def pages(self) -> tuple[str, ...]:
        """The pages of this request, in their order."""
        return (*self.questions, "check")

    @property
    def answers(self) -> dict[str, dict[str, str]]:
        """All answers by page."""
        return dict(self._values["answers"])

    def answer(self, page: str) -> dict[str, str]:
        """The answers of one page, empty before it was filled in."""
        return dict(self._values["answers"].get(page, {}))

    def save(self, page: str, answers: dict[str, str]) -> None:
        """Keep the answers of a page."""
        self._values["answers"][page] = answers
        self._store()

    def forget(self, page: str) -> None:
        """Take the answers of a page away, because another one asks for something else now."""
        self._values["answers"].pop(page, None)
        self._store()

    def add_file(
        self, clean: CleanFile, name: str, document: str, *, page: str = "identity", made_on: str = ""
    ) -> None:
        """Keep an accepted file; the sealed bytes lie beside the session. Sent again, it is kept once."""
        if any(
            (row["sha256"], row["document"], row["name"]) == (clean.sha256, document, name)
            for row in self._values["files"]
        ):
            return
        file_id = web().keep_file(clean.data)
        kept = KeptFile(
            file_id, name, document, clean.media_type, len(clean.data), clean.pages, clean.sha256, page, made_on
        )
        self._values["files"].append(vars(kept).copy())
        self._store()

    def remove_file(self, file_id: str) -> bool:
        """Forget a file; false when the draft has none of this id."""
        rest = [row for row in self._values["files"] if row["id"] != file_id]
        if len(rest) == len(self._values["files"]):
            return False
        web().drop_file(file_id)
        self._values["files"] = rest
        self._store()
        return True

    def documents_suffice(self) -> bool:
        """One document with a photo, or two different ones."""
        codes = {file.document for file in self.files}
        return any(identity.DOCUMENTS[code].photo for code in codes) or len(codes) >= 2

    def proofs_suffice(self) -> bool:
        """By their kinds the proofs can show the capacity, or they are to come by post."""
        if self.answer("agency").get("by_post"):
            return True
        return agents.sent_enough(self.answer("agent").get("capacity", ""), [file.document for file in self.proofs])

    def is_complete(self, page: str) -> bool:
        """Whether a question is answered."""
        if page == "identity":
            return self.documents_suffice()
        if page == "agency":
            return self.proofs_suffice()
        if page == "agent":
            capacity = agents.CAPACITIES.get(self.answer("agent").get("capacity", ""))
            return capacity is not None and capacity.requester is self.requester
        return page in self._values["answers"]

    def first_open(self) -> str:
        """The first page that still needs an answer; the check page when none does."""
        return next((page for page in self.questions if not self.is_complete(page)), "check")

    def fingerprint(self) -> str:
        """Changes with every answer and file, so that nobody sends what they have not seen."""
        said = json.dumps([self._values["answers"], self._values["files"]], sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()[:16]

    def discard(self) -> None:
        """Forget the draft with its files."""
        for file in self.all_files:
            web().drop_file(file.id)
        session.pop(self.slot, None)

    def _store(self) -> None:
        session[self.slot] = self._values


def questions(requester: Requester) -> tuple[str, ...]:
    """The questions that somebody who asks for themselves, or for another person, answers."""
    own = requester is Requester.PERSON
    return tuple(page for page in QUESTIONS if not (own and page in OF_AGENTS))


def current() -> Draft | None:
    """The visitor's draft, if there is one."""
    values = session.get(DRAFT)
    return Draft(values) if values else None


def begin() -> Draft:
    """The visitor's draft, begun now when there is none."""
    found = current()
    if found is not None:
        return found
    values = {"key": secrets.token_urlsafe(24), "code": access_code.new_access_code(), "answers": {}, "files": []}
    session[DRAFT] = values
    return Draft(values)


def lift() -> tuple[dict[str, Any], list[tuple[str, bytes]]] | None:
    """Take the draft out of a session that is about to be renewed, with the bytes of its files."""
    found = current()
    if found is None:
        return None
    data = [(file.id, web().kept_file(file.id) or b"") for file in found.all_files]
    return dict(session[DRAFT]), data


def put_back(lifted: tuple[dict[str, Any], Iterable[tuple[str, bytes]]] | None) -> None:
    """Put a lifted draft into the new session."""
    if lifted is None:
        return
    values, files = lifted
    ids = {old: web().keep_file(data) for old, data in files}
    values["files"] = [{**row, "id": ids[row["id"]]} for row in values["files"]]
    session[DRAFT] = values


def web() -> WebSession:
    """Flask's session as what it is."""
    found = session._get_current_object()  # type: ignore[attr-defined]
    if not isinstance(found, WebSession):
        raise RuntimeError("Drafts need the server's own sessions.")
    return found
