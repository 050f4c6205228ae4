"""The inquiry to a third party encloses the form of the answer: the same one that stands on the site."""

from __future__ import annotations

from datetime import date

from lxml import html

from disclosure.letters.other_samples import others
from disclosure.letters.samples import PERSON
from disclosure.letters.third_party_letters import SAID_BY_LETTER
from disclosure.rules import forms
from portal.core.settings import Settings

DAY = date(2026, 4, 28)


def test_the_enclosed_form_asks_for_what_the_form_on_the_site_asks() -> None:
    organisation = Settings.from_env({}).organisation
    made = others(organisation, PERSON, case_number="開-R08-000123-Q", number="見情機第1号", day=DAY, sealed={})
    letters = {sample.name: sample for sample in made}
    sheet = forms.sheet("f12", organisation.profile, DAY)
    assert sheet is not None
    fields = [row for row in sheet.fields if row.key not in SAID_BY_LETTER]
    for name in ("f10", "f11"):
        one = letters[name]
        tree = html.document_fromstring(one.templates.html(one.templates.named(one.template), one.context))
        (table,) = tree.xpath("//section[@class='annex']//table")
        asked = ["".join(th.itertext()).strip() for th in table.xpath(".//th")]
        assert asked[1:] == [field.label_ja for field in fields]
        for choice in forms.choices(forms.FIELDS["harm"], DAY):
            assert f"□　{choice.ja}" in table.text_content()
