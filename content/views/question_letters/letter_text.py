"""A question letter with its answers as plain text, to be read aloud and cited. The frame is in the page's language.

A line says one thing; what stands behind a question follows it, and each answer says which letter gave it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from content.models.letter_work import SenderWord
from content.queries.letters import AnswerView, LetterLine, LetterPage
from content.queries.question_letters.exchange import Exchange, GivenAnswer, Part
from content.rules.question_letters.blocks import BlockKind
from content.rules.question_letters.states import StepKind
from content.views.clock_words import days
from content.views.letter_words import STATES, STEPS, addressee, sender, title
from content.views.question_letters.exchange_words import PROMISES, REPLIES, SAID
from content.views.words import GROUNDS, answer_type
from portal.core.wareki import format_wareki
from portal.web.building import settings
from portal.web.language import _, choose, current, in_japan

RULE = "―" * 20
SPOKEN = (StepKind.ASKED_BACK, StepKind.NOT_ANSWERED)


def filed(found: Exchange) -> str:
    """A filed letter and everything that followed, ending in a line end."""
    letter = found.letter
    lines = [*_head(found.page.line), *_days(found)]
    if found.parts:
        lines += ["", RULE, _("The question letter and its answers") if found.answers else _("The question letter"), ""]
        for part in found.parts:
            lines += _part(part, found)
    if found.replies:
        lines += ["", RULE, _("Letters that answered"), ""]
        for reply in found.replies:
            kind = REPLIES[reply.kind]
            lines.append(f"{reply.letter_number}{_(', ')}{kind}{_(', ')}{_day(reply.issued_on)}")
            if reply.promised_on:
                lines.append(_labelled(_("Promises the answer by:"), _day(reply.promised_on)))
            lines += _paragraphs(reply.preface)
            lines.append(f"{settings().public_url}/letters/{letter.key}/replies/{reply.number}.pdf")
    lines += ["", RULE, _("What happened so far"), ""]
    for step in found.page.steps:
        told = f"{_day(in_japan(step.at).date())}{_(': ')}{STEPS[StepKind(step.kind)]}"
        note = found.place_of.get(f"{letter.key}/{step.note}", step.note) if step.kind in SPOKEN else step.note
        day = _labelled(_("promised by:"), _day(step.day)) if step.day else ""
        lines.append(_(", ").join(part for part in (told, day, note) if part))
    return _ended(lines)


def archived(page: LetterPage) -> str:
    """A letter of the archive: a summary in the language of the page."""
    lines = [*_head(page.line), ""]
    if page.line.letter.answered_on:
        lines.insert(-1, f"{_('Answered on')}{_(': ')}{_day(page.line.letter.answered_on)}")
    for view in page.sections:
        lines += ["", RULE, f"{view.section.label} {choose(view.section, 'title')}"]
        lines += [f"{fact.group.label} {choose(fact.group, 'title')}" for fact in view.facts if fact.group]
        for group in view.groups:
            lines += ["", f"{group.group.label} {choose(group.group, 'title')}"] if group.group else [""]
            for exchange in group.exchanges:
                lines += [f"{_('Question')} {one.code}{_(': ')}{choose(one, 'text')}" for one in exchange.questions]
                for one in exchange.answers:
                    told = f"{_('Answer %(n)s', n=one.answer.position)}{_(': ')}{_types(one)}"
                    lines += [told, choose(one.answer, "text"), ""]
                if not exchange.answers:
                    lines += [_("Not answered"), ""]
    return _ended(lines)


def _head(line: LetterLine) -> Iterator[str]:
    letter = line.letter
    yield title(letter)
    yield f"{settings().public_url}/letters/{letter.key}"
    yield ""
    yield f"{_('Sender')}{_(': ')}{sender(line)}"
    yield f"{_('Addressee')}{_(': ')}{addressee(line)}"
    yield f"{_('Day of the letter')}{_(': ')}{_day(letter.sent_on)}"
    if letter.asked_due_on:
        yield f"{_('Answer asked for by')}{_(': ')}{_day(letter.asked_due_on)}"


def _days(found: Exchange) -> Iterator[str]:
    letter = found.letter
    if letter.received_on:
        yield f"{_('Received on')}{_(': ')}{_day(letter.received_on)}"
    if letter.answer_due_on:
        yield f"{_('Answer due by')}{_(': ')}{_day(letter.answer_due_on)}"
    yield f"{_('Answered on')}{_(': ')}{_day(letter.answered_on) if letter.answered_on else _('Not yet')}"
    yield f"{_('State')}{_(': ')}{STATES[letter.state]}"  # type: ignore[index]
    if found.overdue:
        yield _("%(days)s after the day on which it was due", days=days(found.overdue))


def _part(part: Part, found: Exchange) -> Iterator[str]:
    block = part.block
    if block.kind != BlockKind.QUESTION:
        if block.kind in (BlockKind.SECTION, BlockKind.GROUP):
            yield ""
        yield f"{block.label} {block.text}".strip()
        return
    yield ""
    yield f"{_('Question')} {part.place}{_(': ')}{block.text}"
    if part.quoted:
        yield _labelled(_("Quoted otherwise in the answer:"), f"{part.quoted}")
    for one in part.elsewhere:
        yield f"{_('Answered together with another question:')} {one.places[0]} ({one.answer.code})"
    for one in part.below:
        told = _("Answer %(n)s", n=one.answer.position)
        yield _labelled(_("Answered together with a question that follows:"), told)
    for reply, why in part.left:
        yield f"{_('Left without an answer')} ({reply.letter_number}){_(': ')}{why}"
    for one in part.answers:
        yield from _answer(one, part)
    for word in part.words:
        yield from _said(word)


def _answer(one: GivenAnswer, part: Part) -> Iterator[str]:
    answer = one.answer
    given = _(", ").join((one.reply.letter_number, _day(one.reply.issued_on)))
    yield f"{_('Answer %(n)s', n=answer.position)} ({given}){_(': ')}{_types(one.view)}"
    if one.follows:
        yield _labelled(_("It goes on with:"), _("Answer %(n)s", n=one.follows_position))
    if len(one.places) > 1:
        yield _labelled(_("It answers together:"), f"{'、'.join(one.places)}")
    yield from _paragraphs(answer.text_ja)
    if answer.withheld_ground:
        yield _labelled(_("Why it was declined:"), f"{GROUNDS[answer.withheld_ground]}")  # type: ignore[index]
    if answer.re_answer_due:
        states = "".join(f" ({PROMISES[told.state][0]})" for told in part.promised if told.answer == answer.id)
        yield _labelled(_("The rest was promised by:"), f"{_day(answer.re_answer_due)}{states}")
    for target in one.view.links:
        yield _labelled(_("See also:"), f"{target if isinstance(target, str) else _address(target)}")


def _said(word: SenderWord) -> Iterator[str]:
    yield f"{SAID[word.kind]} ({_day(in_japan(word.said_at).date())})"  # type: ignore[index]
    if word.released_at:
        yield from _paragraphs(word.text)
    else:
        yield _("The words are shown when they were read for what must not be public.")


def _labelled(label: str, value: str) -> str:
    """A label that ends in a colon, and its value; a full-width colon needs no space."""
    return label + value if label.endswith("：") else f"{label} {value}"


def _types(view: AnswerView) -> str:
    return _("; ").join(f"{kind} {answer_type(kind)[0]}" for kind in view.types)


def _address(target: object) -> str:
    folder = getattr(target, "__tablename__", "").removeprefix("content_")
    return f"{settings().public_url}/{folder}s/{getattr(target, 'key', '')}"


def _paragraphs(text: str) -> list[str]:
    return [line.strip() for line in text.split("\n") if line.strip()]


def _day(day: date) -> str:
    return f"{format_wareki(day)}（{day.isoformat()}）" if current() == "ja" else day.isoformat()


def _ended(lines: Iterable[str]) -> str:
    return "\n".join(lines).rstrip("\n") + "\n"
