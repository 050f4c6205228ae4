"""What must hold in a question letter: numbering, days, every question answered or marked unanswered."""

from datetime import date

from content.rules.archive.checks import Known, check_reference, check_sources, numbered
from content.rules.archive.errors import Place
from content.rules.archive.kinds import AnswerType, GroupRole, WithheldGround
from content.rules.archive.letters import Answer, Letter, LetterSection

GROUNDS = {
    WithheldGround.SYSTEM_DETAIL: AnswerType.A5,
    WithheldGround.UNDER_REVIEW: AnswerType.A6,
    WithheldGround.CONFIDENTIAL_DESIGN: AnswerType.A7,
}


def check_letter(letter: Letter, known: Known, place: Place) -> None:
    """ArchiveError at the first thing that is wrong."""
    check_reference(letter.sender, known.bodies, "body", place / "sender")
    check_reference(letter.addressee, known.bodies, "body", place / "addressee")
    check_sources(letter.sources, known, place / "sources")
    _check_days(letter, place)
    _check_sections(letter.sections, known, place / "section")
    _check_questions(letter, known, place / "question")
    _check_answers(letter, known, place / "answer")
    _check_all_answered(letter, place / "question")


def _check_days(letter: Letter, place: Place) -> None:
    answered, asked = letter.answered_on, letter.asked_due_on
    for name, day in (("answered_on", answered), ("asked_due_on", asked)):
        if day is not None and day < letter.sent_on:
            raise (place / name).wrong(f"{day} is before the letter was sent")
    _check_span("days_to_answer", letter.days_to_answer, letter.sent_on, answered, place)
    late = answered is not None and asked is not None and answered > asked
    _check_span("days_over_asked", letter.days_over_asked, asked, answered if late else None, place)


def _check_span(name: str, stated: int | None, start: date | None, end: date | None, place: Place) -> None:
    counted = (end - start).days if start is not None and end is not None else None
    if stated != counted:
        right = "nothing to state" if counted is None else f"{counted} days"
        raise (place / name).wrong(f"by the dates it is {right}, not {stated}")


def _check_sections(sections: tuple[LetterSection, ...], known: Known, place: Place) -> None:
    for number, (section, here) in enumerate(zip(sections, numbered(sections, place), strict=True), start=1):
        if section.number != number:
            raise (here / "number").wrong(f"sections are numbered in order: {number} is expected")
        last = dict.fromkeys(GroupRole, 0)
        for group, where in zip(section.groups, numbered(section.groups, here / "group"), strict=True):
            last[group.role] += 1
            if group.number != last[group.role]:
                raise (where / "number").wrong(f"groups are numbered in order: {last[group.role]} is expected")
            for key, spot in zip(group.incidents, numbered(group.incidents, where / "incidents"), strict=True):
                check_reference(key, known.incidents, "incident", spot)


def _check_questions(letter: Letter, known: Known, place: Place) -> None:
    groups = {
        section.number: {group.number for group in section.groups if group.role is GroupRole.QUESTION}
        for section in letter.sections
    }
    seen: set[str] = set()
    for question, here in zip(letter.questions, numbered(letter.questions, place), strict=True):
        check_sources(question.sources, known, here / "sources")
        if question.section not in groups:
            raise (here / "section").wrong(f"there is no section {question.section}")
        if question.group is not None and question.group not in groups[question.section]:
            raise (here / "group").wrong(f"there is no group of questions {question.group} in this section")
        start = [question.section] if question.group is None else [question.section, question.group]
        path, _, last = question.id.rpartition("-")
        if path != "-".join(map(str, start)) or not last.isascii() or not last.isdecimal():
            raise (here / "id").wrong(f"{question.id!r} does not agree with section and group")
        if "".join(str(int(letter)) for letter in question.label if letter.isdecimal()) != last:
            raise (here / "label").wrong(f"{question.label!r} does not agree with the id {question.id!r}")
        if question.id in seen:
            raise (here / "id").wrong(f"the question {question.id!r} stands there twice")
        seen.add(question.id)


def _check_answers(letter: Letter, known: Known, place: Place) -> None:
    questions = {question.id for question in letter.questions}
    for number, (answer, here) in enumerate(zip(letter.answers, numbered(letter.answers, place), strict=True), start=1):
        if answer.id != f"A{number}":
            raise (here / "id").wrong(f"answers are numbered in order: A{number} is expected")
        for name in ("questions", "types"):
            if not getattr(answer, name):
                raise (here / name).wrong("at least one is needed")
        for key, where in zip(answer.questions, numbered(answer.questions, here / "questions"), strict=True):
            check_reference(key, questions, "question", where)
        check_sources(answer.sources, known, here / "sources")
        _check_ground(answer, letter, here)
        for link, where in zip(answer.links, numbered(answer.links, here / "links"), strict=True):
            if sum(target is not None for target in (link.incident, link.system, link.figure, link.url)) != 1:
                raise where.wrong("a link names exactly one of incident, system, figure, url")
            check_reference(link.incident, known.incidents, "incident", where / "incident")
            check_reference(link.system, known.systems, "system", where / "system")
            check_reference(link.figure, known.figures, "figure", where / "figure")
            if link.url is not None and not link.url.startswith("https://"):
                raise (where / "url").wrong("an address begins with https://")


def _check_ground(answer: Answer, letter: Letter, place: Place) -> None:
    declining = [kind for kind in answer.types if kind in GROUNDS.values()]
    expected = [] if answer.withheld_ground is None else [GROUNDS[answer.withheld_ground]]
    if declining != expected:
        raise (place / "withheld_ground").wrong("the ground and the types A5, A6, A7 do not agree")
    if answer.re_answer_due is not None and letter.answered_on and answer.re_answer_due <= letter.answered_on:
        raise (place / "re_answer_due").wrong("is not after the day of the answer")


def _check_all_answered(letter: Letter, place: Place) -> None:
    answered = {key for answer in letter.answers for key in answer.questions}
    for question, here in zip(letter.questions, numbered(letter.questions, place), strict=True):
        if question.unanswered and question.id in answered:
            raise (here / "unanswered").wrong(f"{question.id} is marked unanswered, but an answer names it")
        if not question.unanswered and question.id not in answered:
            raise (here / "id").wrong(f"{question.id} has no answer and is not marked unanswered")
