"""Every address of this room in one place."""

from __future__ import annotations

from flask import Blueprint

import content.operations.announce
import content.operations.write_pages
import content.records  # noqa: F401 - tells the index where our records are
from content.rules.reuse import API
from content.views import (
    alerts,
    api,
    bulk,
    cause,
    causes,
    counted_figures,
    desk,
    desk_documents,
    desk_further,
    desk_import,
    desk_writing,
    developers,
    disclosure_clock,
    feeds,
    figures,
    files,
    follow,
    home,
    incident_list,
    incident_pages,
    incident_paper,
    incidents,
    kept,
    linked_data,
    mail_following,
    maintenance,
    measures,
    months,
    pages,
    places,
    promises,
    reading_room,
    systems,
    webhooks,
    words,
)
from content.views.question_letters import api as letter_api
from content.views.question_letters import desk as question_desk
from content.views.question_letters import (
    desk_answers,
    desk_open,
    desk_parts,
    desk_paste,
    desk_replies,
    desk_words,
    desk_work,
)
from content.views.question_letters import feeds as letter_feeds
from content.views.question_letters import figures as letter_figures
from content.views.question_letters import letter as question_letter
from content.views.question_letters import mine as question_mine
from content.views.question_letters import register as letter_register
from content.views.question_letters import urls as writing_urls

public_blueprint = Blueprint("content", __name__, template_folder="templates")
staff_blueprint = Blueprint("content_staff", __name__, template_folder="templates")
public_blueprint.record(words.install)
public_blueprint.record(kept.install)
public_blueprint.record(promises.install)
public_blueprint.record(developers.install)
public_blueprint.record(linked_data.install)
staff_blueprint.record(words.install)

PUBLIC = (
    ("/", "home", home.home),
    ("/incidents", "incidents", incident_list.list_all),
    ("/incidents.json", "incidents_json", incidents.list_json),
    ("/incidents/<key>", "incident", incidents.show),
    ("/incidents/<key>.json", "incident_json", incidents.show_json),
    ("/incidents/<key>/bulletins/<int:number>", "bulletin", incidents.bulletin),
    ("/incidents/<key>/bulletins/<int:number>/cite", "cite", incident_pages.cite),
    ("/incidents/<key>/bulletins/<int:number>/cite.<ending>", "cite_file", incident_pages.cite_file),
    ("/incidents/<key>/versions/<int:number>", "version", incident_pages.version),
    ("/incidents/<key>/versions/<int:number>.pdf", "paper", incident_paper.paper),
    ("/incidents/<key>/diff", "diff", incident_pages.diff),
    ("/archive", "months", months.index),
    ("/archive/<month>", "month", months.show),
    ("/systems", "systems", systems.list_all),
    ("/systems/<key>", "system", systems.show),
    ("/systems/<key>/uptime", "uptime", systems.times),
    ("/systems/<key>/uptime-days.csv", "uptime_days", systems.days_table),
    ("/systems/<key>/uptime-months.csv", "uptime_months", systems.months_table),
    ("/maintenance", "maintenance", maintenance.list_all),
    ("/maintenance.ics", "maintenance_calendar", maintenance.calendar),
    ("/incidents/<key>/maintenance.ics", "maintenance_file", maintenance.file),
    ("/measures", "measures", measures.list_all),
    ("/measures.csv", "measures_table", measures.table),
    ("/causes", "causes", causes.list_all),
    ("/causes.csv", "causes_table", causes.table),
    ("/letters", "letters", letter_register.letters),
    ("/letters.json", "letters_json", letter_register.letters_json),
    ("/letters/items", "letter_items", letter_register.items),
    ("/letters/items.json", "items_json", letter_register.items_json),
    ("/letters/<key>", "letter", question_letter.show),
    ("/letters/<key>.json", "letter_json", question_letter.show_json),
    ("/letters/<key>.txt", "letter_text", question_letter.show_text),
    ("/places", "places", places.index),
    ("/places/<code>", "place", places.show),
    ("/causes/<key>", "cause", cause.show),
    ("/figures", "figures", figures.list_all),
    ("/figures/incidents-counted.csv", "counted_entries", counted_figures.entries),
    ("/figures/incidents-by-<by>", "counted_figure", counted_figures.show),
    ("/figures/incidents-by-<by>.csv", "counted_figure_table", counted_figures.table),
    ("/figures/disclosure-clock", "disclosure_clock", disclosure_clock.show),
    ("/figures/disclosure-clock.csv", "disclosure_clock_table", disclosure_clock.table),
    ("/figures/letters", "letter_figures", letter_figures.show),
    ("/figures/letters-<figure>.csv", "letter_figure_table", letter_figures.table),
    ("/figures/<key>", "figure", figures.show),
    ("/figures/<key>.csv", "figure_table", figures.table),
    ("/follow", "follow", follow.follow),
    ("/feeds/alerts.atom", "alerts", alerts.feed),
    ("/incidents/<key>/bulletins/<int:number>.cap.xml", "alert", alerts.alert),
    ("/incidents/<key>/bulletins/<int:number>/withdrawal.cap.xml", "cancellation", alerts.cancellation),
    ("/data", "data", bulk.data),
    ("/data/dictionary.csv", "data_dictionary", bulk.dictionary_file),
    ("/data/catalog.jsonld", "catalogue_json", linked_data.catalogue_json),
    ("/data/catalog.ttl", "catalogue_turtle", linked_data.catalogue_turtle),
    ("/developers", "developers", developers.developers),
    ("/procedure", "procedure", pages.procedure),
    ("/about", "about", pages.about),
    ("/accessibility", "accessibility", pages.accessibility),
    ("/privacy", "privacy", pages.privacy),
)

for rule, name, view in (*PUBLIC, *reading_room.ADDRESSES):
    public_blueprint.add_url_rule(rule, name, kept.kept(view, rule))

# Forms, and pages behind somebody's own link, are never kept.
FOLLOWING = (
    ("/mail", "mail_follow", mail_following.ask, ("GET", "POST")),
    ("/mail/sent", "mail_asked", mail_following.asked, ("GET",)),
    ("/mail/stopped", "mail_left", mail_following.left, ("GET",)),
    ("/mail/<token>", "mail_manage", mail_following.manage, ("GET", "POST")),
    ("/mail/<token>/leave", "mail_leave_at_once", mail_following.leave_at_once, ("GET", "POST")),
    ("/webhooks", "hook_new", webhooks.new, ("GET", "POST")),
    ("/webhooks/<token>", "hook", webhooks.own, ("GET", "POST")),
)

for rule, name, view, methods in FOLLOWING:
    public_blueprint.add_url_rule(f"/follow{rule}", name, view, methods=methods)

# The room of a letter's sender, behind number and access code.
MINE = (
    ("", "letter_mine", question_mine.mine, ("GET", "POST")),
    ("/leave", "letter_leave", question_mine.leave, ("POST",)),
    ("/letter", "letter_room", question_mine.room, ("GET",)),
    ("/letter.txt", "letter_own_text", question_mine.text, ("GET",)),
    ("/address", "letter_address", question_mine.address, ("GET", "POST")),
    ("/withdraw", "letter_withdraw", question_mine.give_up, ("GET", "POST")),
    ("/questions/<code>", "letter_say", question_mine.speak, ("GET", "POST")),
)

for rule, name, view, methods in MINE:
    public_blueprint.add_url_rule(f"/letters/mine{rule}", name, view, methods=methods)

# Feeds of all bulletins have no scope in their address.
FEED, ALL = kept.kept(feeds.feed, "/feeds/<scope>/<key>.<form>"), {"scope": "all", "key": ""}
public_blueprint.add_url_rule("/feeds/incidents.<form>", "feed", FEED, defaults=ALL)
public_blueprint.add_url_rule("/feeds/<scope>/<key>.<form>", "feed", FEED)
public_blueprint.add_url_rule("/feeds/archive/<int:archive>/incidents.<form>", "feed", FEED, defaults=ALL)
public_blueprint.add_url_rule("/feeds/archive/<int:archive>/<scope>/<key>.<form>", "feed", FEED)

LETTER_FEED = kept.kept(letter_feeds.feed, letter_feeds.RULE)
public_blueprint.add_url_rule("/feeds/letters.<form>", "letter_feed", LETTER_FEED)
public_blueprint.add_url_rule("/feeds/archive/<int:archive>/letters.<form>", "letter_feed", LETTER_FEED)
public_blueprint.add_url_rule("/feeds/letters/<key>.<form>", "one_letter_feed", LETTER_FEED)
public_blueprint.add_url_rule("/feeds/archive/<int:archive>/letters/<key>.<form>", "one_letter_feed", LETTER_FEED)

# Files have marks of their own and are not kept in memory.
public_blueprint.add_url_rule("/letters.csv", "letters_table", letter_register.letters_table)
public_blueprint.add_url_rule("/letters/items.csv", "items_table", letter_register.items_table)
public_blueprint.add_url_rule(question_letter.REPLY_FILE, "letter_reply", question_letter.reply)
ATTACHMENT = "/incidents/<key>/bulletins/<int:number>/files/<int:position>/<name>"
public_blueprint.add_url_rule(ATTACHMENT, "attachment", files.attachment)
public_blueprint.add_url_rule("/documents/<key>/<name>", "document_file", reading_room.file)

# These mark their answers themselves.
OPEN = (
    ("/openapi.json", "api_description", developers.openapi),
    ("/incidents", "api_incidents", api.list_incidents),
    ("/incidents/<key>", "api_incident", api.incident),
    ("/incidents/<key>/bulletins", "api_incident_bulletins", api.incident_bulletins),
    ("/incidents/<key>/bulletins/<int:number>", "api_bulletin", api.bulletin),
    ("/bulletins", "api_bulletins", api.bulletins),
    ("/facts", "api_facts", api.facts),
    ("/systems", "api_systems", api.systems),
    ("/systems/<key>", "api_system", api.system),
    ("/areas", "api_areas", api.areas),
    ("/causes", "api_causes", api.list_causes),
    ("/measures", "api_measures", api.measures),
    ("/letters", "api_letters", letter_api.list_letters),
    ("/questions", "api_questions", letter_api.list_questions),
    ("/letters/<key>", "api_letter", letter_api.letter),
)

for rule, name, view in OPEN:
    public_blueprint.add_url_rule(f"{API}{rule}", name, view)
public_blueprint.add_url_rule("/data/<name>", "data_file", bulk.file)

STAFF = (
    ("", "publishing", desk.publishing, ("GET",)),
    ("/quick", "quick", desk_further.quick, ("GET", "POST")),
    ("/new", "new_incident", desk_writing.new_incident, ("GET", "POST")),
    ("/import", "take_archive", desk_import.take, ("GET", "POST")),
    ("/import/take", "ask_archive", desk_import.ask_to_take_in, ("POST",)),
    ("/import/asked/<draft_id>", "asked_archive", desk_import.asked, ("GET",)),
    ("/import/asked/<draft_id>/agree", "take_in_archive", desk_import.agree_to_take_in, ("POST",)),
    ("/import/template.<kind>", "archive_template", desk_import.template, ("GET",)),
    ("/documents", "documents", desk_documents.documents, ("GET",)),
    ("/documents/<key>/withdrawal", "withdraw_document", desk_documents.withdraw, ("GET", "POST")),
    ("/forms", "keep", desk_writing.keep, ("POST",)),
    ("/forms/<typing_id>/discard", "forget", desk_writing.forget, ("POST",)),
    ("/incidents/<key>/bulletin", "new_bulletin", desk_writing.new_bulletin, ("GET", "POST")),
    ("/incidents/<key>/correction", "correct", desk_writing.correct, ("GET", "POST")),
    ("/incidents/<key>/withdrawal", "withdrawal", desk_further.withdrawal, ("GET", "POST")),
    ("/incidents/<key>/measures", "measures", desk_further.measures, ("GET",)),
    ("/incidents/<key>/measures/<int:position>", "report", desk_further.report, ("GET", "POST")),
    ("/incidents/<key>/bulletins/<int:number>/approve", "approve_later", desk.approve_later, ("POST",)),
    ("/drafts/<draft_id>", "draft", desk.draft, ("GET",)),
    ("/drafts/<draft_id>/reword", "reword", desk_further.reword, ("GET", "POST")),
    ("/drafts/<draft_id>/edit", "edit", desk_writing.edit, ("GET", "POST")),
    ("/drafts/<draft_id>/send", "send", desk.send, ("POST",)),
    ("/drafts/<draft_id>/back", "back", desk.back, ("POST",)),
    ("/drafts/<draft_id>/publish", "approve", desk.approve, ("POST",)),
    ("/drafts/<draft_id>/publish-now", "approve_own", desk.approve_own, ("POST",)),
    ("/drafts/<draft_id>/discard", "drop", desk.drop, ("POST",)),
)

for rule, name, view, methods in STAFF:
    staff_blueprint.add_url_rule(f"/staff/publishing{rule}", name, view, methods=methods)

REPLY = "/<key>/replies/<int:number>"
QUESTIONS = (
    ("", "questions", question_desk.waiting, ("GET",)),
    ("/forms", "question_keep", desk_answers.keep, ("POST",)),
    ("/forms/<typing_id>/discard", "question_forget", desk_answers.forget, ("POST",)),
    ("/<key>", "question_letter", question_desk.letter, ("GET",)),
    ("/<key>/open", "question_open", desk_open.open_letter, ("GET", "POST")),
    ("/<key>/sender", "question_sender", desk_open.sender, ("GET",)),
    ("/<key>/files/<file_id>", "question_file", desk_open.file, ("GET",)),
    ("/<key>/parts", "question_parts", desk_parts.correct, ("GET", "POST")),
    ("/<key>/acknowledge", "question_acknowledge", question_desk.acknowledge_letter, ("POST",)),
    ("/<key>/return", "question_return", question_desk.give_back, ("POST",)),
    ("/<key>/withdraw", "question_withdraw", question_desk.take_back, ("POST",)),
    ("/<key>/words/<word_id>", "question_word", desk_words.word, ("GET", "POST")),
    ("/<key>/assign", "question_assign", desk_work.assign, ("GET", "POST")),
    ("/<key>/questions/<code>", "question_item", desk_work.question, ("GET", "POST")),
    ("/<key>/questions/<code>/unlink", "question_unlink", desk_work.unlink, ("POST",)),
    ("/<key>/replies", "question_begin", desk_replies.begin, ("POST",)),
    (REPLY, "question_reply", desk_replies.show, ("GET",)),
    (f"{REPLY}/edit", "question_reply_edit", desk_replies.edit, ("GET", "POST")),
    (f"{REPLY}/letter.pdf", "question_pdf", desk_replies.pdf, ("GET",)),
    (f"{REPLY}/steps/<action>", "question_step", desk_replies.step, ("POST",)),
    (f"{REPLY}/answers", "question_answer_more", desk_replies.answer_more, ("POST",)),
    (f"{REPLY}/paste", "question_paste", desk_paste.paste, ("GET", "POST")),
    (f"{REPLY}/finish", "question_finish", desk_paste.finish, ("POST",)),
    (f"{REPLY}/answers/<answer_id>", "question_answer", desk_answers.write, ("GET", "POST")),
    (f"{REPLY}/answers/<answer_id>/drop", "question_drop", desk_answers.drop, ("POST",)),
)

for rule, name, view, methods in QUESTIONS:
    staff_blueprint.add_url_rule(f"/staff/questions{rule}", name, view, methods=methods)

writing_urls.add(public_blueprint, staff_blueprint)
