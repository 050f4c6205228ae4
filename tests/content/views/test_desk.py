"""The publishing desk, as its people use it."""

from tests.client import Browser, Page
from tests.content.conftest import Staff

DESK = "/en/staff/publishing"
NEW = {
    "key": "counter-delay-2026",
    "bulletin_title_ja": "窓口の遅れ",
    "bulletin_title_en": "Delays at counters",
    "body_ja": "発行に時間がかかっています。",
    "body_en": "Issuing takes long.",
    "title_ja": "窓口での発行の遅れ",
    "title_en": "Delays in issuing",
    "occurred_on": "2026-04-01",
    "systems": "jpki",
    "areas": "JP",
    "state": "open",
    "facts-0-field": "affected-cards",
    "facts-0-number": "１，２００",
    "facts-0-unit": "cards",
    "facts-0-certainty": "estimated",
    "facts-0-area": "JP",
}


def write(staff: Staff, path: str = f"{DESK}/new", **changes: str) -> Page:
    """Fill in the form as it stands and send it."""
    form = staff.get(path).form(button="Save")
    values = {**_chosen(form.values), **(NEW if path.endswith("/new") else {}), **changes}
    return staff.post(path, values)


def _chosen(values: dict[str, str]) -> dict[str, str]:
    """What a browser would send for lists in which nothing was chosen: their first entry."""
    first = {"publisher": "jlis", "severity": "1", "cause_key": "capacity", "cause_status": "under-investigation",
             "kind": "incident", "state": "open"}  # fmt: skip
    found = {name: value or first.get(name, "") for name, value in values.items()}
    return {name: value or ("confirmed" if name.endswith("-certainty") else "") for name, value in found.items()}


def press(staff: Staff, page: Page, action: str) -> Page:
    form = page.form(action)
    return staff.post(form.action, {**form.values, "seen": "y"} if action == "/send" else form.values)


def test_written_by_one_approved_by_another_read_by_everyone(
    publisher: Staff, approver: Staff, browser: Browser
) -> None:
    draft = write(publisher)
    assert "Saved as a draft" in draft.text
    assert "1,200 cards" in draft.text
    assert browser.get("/incidents/counter-delay-2026").status == 404
    assert "Sent" in press(publisher, draft, "/send").text
    page = approver.get(draft.path)
    assert "Published as Bulletin 1" in press(approver, page, "/publish").text
    shown = browser.get("/en/incidents/counter-delay-2026")
    assert shown.status == 200
    assert "1,200 cards" in shown.text


def test_the_writer_has_no_button_to_publish(publisher: Staff) -> None:
    draft = write(publisher)
    press(publisher, draft, "/send")
    page = publisher.get(draft.path)
    assert "Another person must approve" in page.text
    token = publisher.get(f"{DESK}/new").form(button="Save").values["csrf_token"]
    assert publisher.post(f"{draft.path}/publish", {"csrf_token": token}).status == 403


def test_sent_back_with_a_reason_that_the_writer_reads(publisher: Staff, approver: Staff) -> None:
    draft = write(publisher)
    press(publisher, draft, "/send")
    form = approver.get(draft.path).form("/back")
    approver.post(form.action, {**form.values, "reason": "Say which counters."})
    assert "Say which counters." in publisher.get(draft.path).text
    edited = write(publisher, f"{draft.path}/edit", body_en="All counters.")
    assert "All counters." in edited.text


def test_a_correction_from_form_to_page(publisher: Staff, approver: Staff, browser: Browser) -> None:
    draft = write(publisher)
    press(publisher, draft, "/send")
    press(approver, approver.get(draft.path), "/publish")
    correction = write(
        publisher, f"{DESK}/incidents/counter-delay-2026/correction",
        bulletin_title_ja="訂正", bulletin_title_en="Correction of the number",
        body_ja="数を訂正します。", body_en="The number was wrong.",
        reason_ja="集計の誤り", reason_en="Counted twice", noticed_on="2026-04-02",
        **{"facts-0-corrects": "counter-delay-2026/1/1", "facts-0-field": "affected-cards", "facts-0-number": "1100",
           "facts-0-unit": "cards", "facts-0-certainty": "confirmed", "facts-0-area": "JP"},
    )  # fmt: skip
    assert "Saved as a draft" in correction.text
    press(publisher, correction, "/send")
    press(approver, approver.get(correction.path), "/publish")
    page = browser.get("/en/incidents/counter-delay-2026/bulletins/2")
    assert "Counted twice" in page.text
    assert "1,200 cards" in page.find("del")[0].text_content()


def test_what_is_wrong_stands_beside_its_field_and_nothing_is_lost(publisher: Staff) -> None:
    page = write(publisher, **{"key": "Not Good", "facts-0-number": "many", "body_en": ""})
    assert len(page.errors) >= 2
    assert page.form(button="Save").values["body_ja"] == NEW["body_ja"]
    page = write(publisher, **{"facts-0-unit": ""})
    assert any("unit" in line for line in page.errors) or "A number needs its unit" in page.text


def test_a_personal_number_is_refused_and_kept_nowhere(publisher: Staff) -> None:
    page = write(publisher, body_ja="番号は123456789018です。")
    assert page.errors
    assert "Nothing waits." in publisher.get(DESK).text


def test_another_row_can_be_had_without_script(publisher: Staff) -> None:
    form = publisher.get(f"{DESK}/new").form(button="Save")
    before = sum(1 for name in form.values if name.endswith("-number"))
    page = publisher.post(f"{DESK}/new", {**_chosen(form.values), **NEW, "more": "1"})
    after = page.form(button="Save").values
    assert sum(1 for name in after if name.endswith("-number")) == before + 1
    assert after["body_ja"] == NEW["body_ja"]


def test_a_draft_can_be_discarded_by_its_writer_only(publisher: Staff, approver: Staff) -> None:
    draft = write(publisher)
    assert "discard" not in str(approver.get(draft.path).links("discard"))
    assert "discarded" in press(publisher, draft, "/discard").text
    assert "Nothing waits." in publisher.get(DESK).text


def test_strangers_and_other_roles_stay_outside(browser: Browser, approver: Staff) -> None:
    assert "/staff/sign-in" in browser.get(DESK).path
    assert approver.get(DESK).status == 200
    assert approver.get(f"{DESK}/new").status == 403
    assert approver.get(f"{DESK}/drafts/nothing").status == 404
