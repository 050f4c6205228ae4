"""The forms of the procedure, F1 to F30: which there are, on which law they rest, what stands in them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from disclosure.rules.identity import accepted
from disclosure.rules.kinds import Field as CaseField
from disclosure.rules.offers import offered
from disclosure.rules.regimes import REGIMES, Regime
from disclosure.rules.statutes import CITATIONS, STATUTES, cite
from disclosure.rules.tables import read
from portal.core.law_tables import TableError, in_force

CODES = tuple(f"F{number}" for number in range(1, 31))


class Filler(StrEnum):
    """Who fills a form in. What the office fills in is a letter made from the case."""

    RESIDENT = "resident"
    THIRD_PARTY = "third-party"
    OFFICE = "office"


class Addressee(StrEnum):
    """To whom a form is addressed: the head of the organisation, or whoever decides appeals."""

    HEAD = "head"
    APPEAL = "appeal"


class FieldKind(StrEnum):
    """How a field is filled in. ``box`` is a place for stamps on paper; ``documents`` are the accepted ones."""

    TEXT = "text"
    LINES = "lines"
    DATE = "date"
    CHOICE = "choice"
    CHECKS = "checks"
    DOCUMENTS = "documents"
    BOX = "box"


@dataclass(frozen=True)
class Form:
    """One form. ``letter`` is the kind of letter that the office makes; ``official``: with a block for the office.

    ``sentence_*`` is how it begins, with places for ``law``, ``article`` and ``information``. ``unconfirmed`` names
    what comes from practice.
    """

    code: str
    title_ja: str
    title_en: str
    by: Filler
    effective_from: date
    source: str
    unconfirmed: tuple[str, ...]
    letter: str = ""
    what_ja: str = ""
    what_en: str = ""
    sentence_ja: str = ""
    sentence_en: str = ""
    addressee: Addressee = Addressee.HEAD
    official: bool = False


@dataclass(frozen=True)
class Use:
    """A form under one regime: ``slug`` is its address, ``citation`` a key of ``statutes.toml``, empty for none.

    Titles are the form's own where they are empty. ``penalty`` is the key of the fine that it warns of. ``claim`` is
    the kind of claim (``kinds.CaseKind``) that alone it is for.
    """

    form: str
    regime: str
    effective_from: date
    source: str
    slug: str = ""
    citation: str = ""
    penalty: str = ""
    title_ja: str = ""
    title_en: str = ""
    claim: str = ""


@dataclass(frozen=True)
class Part:
    """A numbered part with its fields (keys) in their order; ``head``: it stands above the sentence, without number.

    ``holds_*`` is what a part of an office's letter says.
    """

    form: str
    heading_ja: str
    heading_en: str
    fields: tuple[str, ...] = ()
    required: tuple[str, ...] = ()
    head: bool = False
    holds_ja: tuple[str, ...] = ()
    holds_en: tuple[str, ...] = ()


@dataclass(frozen=True)
class FormField:
    """One field of forms. ``longest`` in characters, ``rows`` in lines; ``maps`` is the value of a case that it is."""

    key: str
    label_ja: str
    label_en: str
    kind: FieldKind
    longest: int = 200
    rows: int = 1
    maps: str = ""
    hint_ja: str = ""
    hint_en: str = ""


@dataclass(frozen=True)
class Choice:
    """One of what a field offers."""

    field: str
    value: str
    ja: str
    en: str


@dataclass(frozen=True)
class Penalty:
    """A fine that a form warns of; its texts have places for ``law`` and ``article``."""

    key: str
    citation: str
    ja: str
    en: str
    effective_from: date
    source: str


@dataclass(frozen=True)
class Sheet:
    """A form as somebody uses it on a day: under which regime, with its parts."""

    form: Form
    use: Use
    law: Regime
    parts: tuple[Part, ...]

    @property
    def slug(self) -> str:
        """Its address."""
        return self.use.slug

    @property
    def title_ja(self) -> str:
        """What it is called under this regime, in Japanese."""
        return self.use.title_ja or self.form.title_ja

    @property
    def title_en(self) -> str:
        """The same in English."""
        return self.use.title_en or self.form.title_en

    @property
    def what_ja(self) -> str:
        """What it is for."""
        return self.form.what_ja

    @property
    def what_en(self) -> str:
        """The same in English."""
        return self.form.what_en

    @property
    def fields(self) -> tuple[FormField, ...]:
        """Everything that can be filled in, in its order."""
        found = (FIELDS[key] for part in self.parts for key in part.fields)
        return tuple(field for field in found if field.kind is not FieldKind.BOX)

    @property
    def required(self) -> frozenset[str]:
        """The keys of what has to be filled in."""
        return frozenset(key for part in self.parts for key in part.required)


FORMS = read("forms.toml", "form", Form)
USES = read("forms.toml", "use", Use)
PARTS = read("forms.toml", "part", Part)
FIELDS = {row.key: row for row in read("forms.toml", "field", FormField)}
CHOICES = read("forms.toml", "choice", Choice)
PENALTIES = read("forms.toml", "penalty", Penalty)


def _check() -> None:
    codes, regimes = {row.code for row in FORMS}, {row.code for row in REGIMES}
    cited, fines = {row.key for row in CITATIONS}, {row.key for row in PENALTIES}
    offering = {row.field for row in CHOICES}
    for use in USES:
        if use.form not in codes or use.regime not in regimes:
            raise TableError(f"forms.toml: the use {use.form} under {use.regime} names nothing known.")
        if (use.citation and use.citation not in cited) or (use.penalty and use.penalty not in fines):
            raise TableError(f"forms.toml: the use {use.form} under {use.regime} cites nothing known.")
    for part in PARTS:
        if part.form not in codes or not set(part.required) <= set(part.fields) <= FIELDS.keys():
            raise TableError(f"forms.toml: the part {part.heading_ja} of {part.form} names nothing known.")
    for field in FIELDS.values():
        if field.maps and field.maps not in set(CaseField):
            raise TableError(f"forms.toml: the field {field.key} maps to nothing known.")
        if (field.key in offering) != (field.kind in (FieldKind.CHOICE, FieldKind.CHECKS)):
            raise TableError(f"forms.toml: the field {field.key} and its choices do not agree.")


_check()


def form(code: str, day: date) -> Form:
    """A form as it stands on ``day``; KeyError when there is none."""
    found = in_force((row for row in FORMS if row.code == code), day)
    if found is None:
        raise KeyError(f"No form {code} on {day}")
    return found


def citation(code: str, regime: str, day: date, *, claim: str = "") -> str:
    """On which place in the law a form rests under a regime, for a kind of claim where asked; empty for none."""
    rows = [row for row in USES if row.form == code and row.regime == regime]
    found = in_force((row for row in rows if row.claim == claim), day)
    return found.citation if found else ""


def sheets(profile: str, day: date) -> tuple[Sheet, ...]:
    """What residents and third parties can fill in on ``day`` for an organisation of ``profile``, in the table's order.

    Of two uses with one address the one counts that the profile's list of regimes names first.
    """
    laws = {law.code: law for _offer, law in offered(profile, day)}
    found: dict[str, Sheet] = {}
    for code in laws:
        for use in USES:
            if use.slug and use.regime == code and use.effective_from <= day:
                found.setdefault(use.slug, _sheet(use, laws[code], day))
    order = {code: place for place, code in enumerate(CODES)}
    return tuple(sorted(found.values(), key=lambda sheet: (order[sheet.form.code], sheet.slug)))


def sheet(slug: str, profile: str, day: date) -> Sheet | None:
    """The one with this address; None when this profile has none."""
    return next((row for row in sheets(profile, day) if row.slug == slug), None)


def _sheet(use: Use, law: Regime, day: date) -> Sheet:
    found = form(use.form, day)
    return Sheet(found, use, law, parts(found))


def parts(one: Form) -> tuple[Part, ...]:
    """The parts of a form, in their order."""
    return tuple(part for part in PARTS if part.form == one.code)


def choices(field: FormField, day: date) -> tuple[Choice, ...]:
    """What a field offers on ``day``; empty for one that is written into."""
    if field.kind is FieldKind.DOCUMENTS:
        return tuple(Choice(field.key, row.code, row.label_ja, row.label_en) for row in accepted(day))
    return tuple(row for row in CHOICES if row.field == field.key)


def place(key: str, day: date) -> dict[str, str]:
    """Statute and article of a citation in Japanese, for a form's texts; both empty for no citation."""
    if not key:
        return {"law": "", "article": ""}
    found = cite(key, day)
    statute = STATUTES[found.statute]
    number = f"（{statute.number_ja}）" if statute.number_ja else ""
    return {"law": statute.name_ja + number, "article": found.ja}


def penalty(sheet: Sheet, day: date) -> Penalty | None:
    """The fine that a sheet warns of on ``day``."""
    return in_force((row for row in PENALTIES if row.key == sheet.use.penalty), day)
