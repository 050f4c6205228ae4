"""The archive loads, counts right, and says what is wrong when somebody spoils it."""

import shutil
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from content.rules.archive.errors import ArchiveError
from content.rules.archive.kinds import AnswerType, GroupRole, RelationKind
from content.rules.archive.reading import read_archive
from content.rules.archive.records import Archive

FOLDER = Path(__file__).parents[4] / "content" / "archive"
LETTER = "letters/question-letter-2016-05-25.toml"
DAYS_OF_JANUARY = [date(2016, 1, day) for day in (13, 18, 19, 21, 22, 25)]


@pytest.fixture(scope="module")
def archive() -> Archive:
    return read_archive(FOLDER)


def test_the_letter_has_36_questions_and_33_answers(archive: Archive) -> None:
    (letter,) = archive.letters
    assert len(letter.questions) == 36
    assert len(letter.answers) == 33
    assert Counter(question.section for question in letter.questions) == {1: 19, 2: 3, 3: 7, 4: 7}
    assert [answer.questions for answer in letter.answers if len(answer.questions) > 1] == [
        ("3-1-1", "3-1-2"),
        ("3-2-1", "3-2-2", "3-2-3"),
    ]


def test_the_letter_was_answered_after_141_days_and_120_days_late(archive: Archive) -> None:
    (letter,) = archive.letters
    assert (letter.sent_on, letter.asked_due_on, letter.answered_on) == (
        date(2016, 5, 25),
        date(2016, 6, 15),
        date(2016, 10, 13),
    )
    assert (letter.days_to_answer, letter.days_over_asked) == (141, 120)


def test_every_type_of_answer_occurs_and_two_decline_for_the_review(archive: Archive) -> None:
    types = Counter(kind for answer in archive.letters[0].answers for kind in answer.types)
    assert set(types) == set(AnswerType)
    assert types[AnswerType.A6] == 2


def test_the_letter_lists_seven_facts_and_asks_in_eight_groups(archive: Archive) -> None:
    roles = Counter(group.role for group in archive.letters[0].sections[0].groups)
    assert roles == {GroupRole.FACT: 7, GroupRole.QUESTION: 8}


def test_each_day_of_january_2016_is_an_incident_and_part_of_the_whole(archive: Archive) -> None:
    parts = [
        incident
        for incident in archive.incidents
        if any(
            relation.kind is RelationKind.PART_OF and relation.to == "relay-servers-2016-01"
            for relation in incident.relations
        )
    ]
    assert [incident.occurred_on for incident in parts] == DAYS_OF_JANUARY


def test_every_bulletin_says_that_it_is_reconstructed(archive: Archive) -> None:
    assert all(bulletin.reconstructed for incident in archive.incidents for bulletin in incident.bulletins)


def test_there_are_as_many_records_as_were_written(archive: Archive) -> None:
    assert len(archive.sources) == 31
    assert len(archive.systems) == 19
    assert len(archive.incidents) == 46
    assert len(archive.figures) == 27
    assert len({source.source for _, _, fact in archive.facts() for source in fact.sources}) == 27


@pytest.mark.parametrize(
    ("word", "key"),
    [
        ("中継サーバ", "relay-servers-2016-01"),
        ("中継サーバー", "relay-servers-2016-01"),
        ("relay server", "relay-servers-2016-01"),
        ("葛飾区", "katsushika-notification-cards-2015"),
        ("うるう日", "leap-day-certificates-2016-03-03"),
        ("2万6千枚", "faulty-certificates-2016-01"),
        ("サーバー", "card-servers-overloaded-2016-02-22"),
    ],
)
def test_a_word_that_readers_search_for_stands_in_its_incident(archive: Archive, word: str, key: str) -> None:
    (incident,) = (one for one in archive.incidents if one.key == key)
    texts = [text for bulletin in incident.bulletins for text in (bulletin.body_ja, bulletin.body_en)]
    assert any(word in text for text in texts)


JANUARY = "incidents/relay-servers-2016-01.toml"
LEAP = "incidents/leap-day-certificates-2016-03-03.toml"
STAFF = "figures/jlis-staff-2016.toml"

FAULTS = [
    # file, what stands there, what is put there, key, a part of the problem
    (LEAP, "severity = 2", "severity = 9", "severity", "no severity 9"),
    (LEAP, "severity = 2", 'severity = "2"', "severity", "a whole number is expected"),
    (LEAP, "severity = 2", "severity = true", "severity", "a whole number is expected"),
    (LEAP, "severity = 2", "severity = 2\ncolour = 1", "colour", "unknown key"),
    (LEAP, "severity = 2\n", "", "severity", "is missing"),
    (LEAP, 'state = "unknown"', 'state = "gone"', "state", "not one of closed, recovered, open, planned, unknown"),
    (LEAP, '"jpki"', '"jpkj"', "systems[1]", "no system 'jpkj'"),
    (LEAP, 'cause_class = "software-defect"', 'cause_class = "bad-luck"', "cause_class", "no cause class"),
    (LEAP, 'areas = ["JP", "202053"]', 'areas = ["JP", "202054"]', "areas[2]", "check digit of 20205 is 3, not 4"),
    (LEAP, 'areas = ["JP", "202053"]', 'areas = ["48"]', "areas[1]", "between 01 and 47"),
    (LEAP, 'area = "202053"', 'area = "2020"', "bulletin[1].fact[2].area", "six digits"),
    (LEAP, "value = 1\n", 'value = "one"\n', "bulletin[1].fact[2].value", "is expected, not 'one'"),
    (LEAP, "value = 1\n", "value = -1\n", "bulletin[1].fact[2].value", "below zero"),
    (LEAP, "value = 1\n", "", "bulletin[1].fact[2].value", "affected-persons is a number"),
    (LEAP, 'unit = "persons"\n', "", "bulletin[1].fact[2].unit", "needs its unit"),
    (LEAP, 'unit = "persons"', 'unit = "people"', "bulletin[1].fact[2].unit", "not one of"),
    (LEAP, "value = 2016-03-03", "value = 3\nunit = 'times'", "bulletin[1].fact[1].value", "detected is a day"),
    (LEAP, "value = 2016-03-03", "value = 2016-03-03T00:00:00", "bulletin[1].fact[1].value", "is expected"),
    (LEAP, 'text_en = "one person in Iida City"\n', "", "bulletin[1].fact[2].text_en", "though text_ja is there"),
    (LEAP, 'title_en = "Valid until the sixth birthday"', 'title_en = " "', "bulletin[1].title_en", "empty"),
    (LEAP, 'publisher = "iida"', 'publisher = "iiida"', "bulletin[1].publisher", "no body 'iiida'"),
    (LEAP, 'owner = "iida"', 'owner = "nobody"', "measure[1].owner", "no body"),
    (LEAP, "number = 1", "number = 2", "bulletin[1].number", "1 is expected"),
    (LEAP, "day = 2016-03-03", 'period = "2016-13"', "bulletin[1].period", "a period is written"),
    (LEAP, "day = 2016-03-03\n", "", "bulletin[1].day", "a day or a period is needed"),
    (LEAP, "severity = 2", "severity = 2\noccurred_until = 2016-03-02", "occurred_until", "is before"),
    (LEAP, 'source = "iida-2016"', 'source = "iida-2017"', "sources[1].source", "no source 'iida-2017'"),
    (LEAP, "key = ", "name = ", "name", "unknown key"),
    (LEAP, 'key = "leap-day', 'key = "leap-year', "key", "not the name of the file"),
    (LEAP, "severity = 2", "severity = ", "", "not TOML"),
    (JANUARY, "number = 3", "number = 2", "bulletin[3].number", "3 is expected"),
    (JANUARY, "day = 2016-01-25", "day = 2016-01-18", "bulletin[2].day", "before bulletin 1"),
    (JANUARY, "number = 1\n", "number = 1\nfinal = true\n", "bulletin[1].final", "another final one follows"),
    (JANUARY, 'to = "card-servers-overloaded-2016-02-22"', 'to = "nothing"', "relation[1].to", "no incident"),
    (JANUARY, 'to = "card-servers-overloaded-2016-02-22"', 'to = "relay-servers-2016-01"', "relation[1].to", "itself"),
    (JANUARY, 'by = "sankei"', 'by = "somebody"', "statement[1].by", "no body"),
    (LETTER, "days_to_answer = 141", "days_to_answer = 140", "days_to_answer", "141 days, not 140"),
    (LETTER, "days_over_asked = 120", "days_over_asked = 121", "days_over_asked", "120 days, not 121"),
    (LETTER, "answered_on = 2016-10-13", "answered_on = 2016-05-24", "answered_on", "before the letter was sent"),
    (LETTER, 'sender = "citizens-network"', 'sender = "x"', "sender", "no body"),
    (LETTER, 'questions = ["2-3"]', 'questions = ["2-4"]', "answer[22].questions[1]", "no question '2-4'"),
    (LETTER, 'questions = ["2-3"]', 'questions = ["2-2"]', "question[22].id", "has no answer and is not marked"),
    (LETTER, 'questions = ["2-3"]', "questions = []", "answer[22].questions", "at least one"),
    (LETTER, 'id = "2-3"', 'id = "2-3"\nunanswered = true', "question[22].unanswered", "an answer names it"),
    (LETTER, 'id = "2-3"', 'id = "2-2"', "question[22].label", "does not agree with the id"),
    (LETTER, 'id = "2-3"', 'id = "3-3"', "question[22].id", "does not agree with section"),
    (LETTER, 'id = "A5"', 'id = "A6"', "answer[5].id", "A5 is expected"),
    (LETTER, 'types = ["A3"]', 'types = ["A13"]', "answer[20].types[1]", "not one of"),
    (LETTER, 'types = ["A3"]', 'types = ["A6"]', "answer[20].withheld_ground", "do not agree"),
    (LETTER, '{ figure = "jlis-staff-2016" }', '{ figure = "x" }', "answer[33].links[1].figure", "no figure 'x'"),
    (LETTER, '{ figure = "jlis-staff-2016" }', "{}", "answer[33].links[1]", "exactly one"),
    (LETTER, 'role = "fact"', 'role = "facts"', "section[1].group[1].role", "not one of fact, question"),
    (LETTER, '"katsushika-notification-cards-2015"', '"x"', "section[1].group[1].incidents[1]", "no incident"),
    (STAFF, "value = 182", "value = nan", "point[1].value", "is expected"),
    (STAFF, 'series_ja = "担当別"\nseries_en = "By centre"\n', "", "point[5].series_ja", "every point"),
    (STAFF, "day = 2016-04-01", 'day = 2016-04-01\nperiod = "2016-04"', "point[1].period", "leave one of the two out"),
    ("bodies.toml", 'code = "131229"', 'code = "131228"', "body[15].code", "is 9, not 8"),
    ("bodies.toml", 'key = "lasdec"', 'key = "jlis"', "body[2].key", "stands there twice"),
    ("bodies.toml", 'key = "lasdec"', 'key = "LASDEC"', "body[2].key", "lower-case"),
    ("systems.toml", 'operator = "jlis"', 'operator = "x"', "system[1].operator", "no body"),
    ("systems.toml", 'depends_on = ["juki-net"]', 'depends_on = ["x"]', "system[1].depends_on[1]", "no system"),
    ("systems.toml", '["juki-net"]', '["number-assignment"]', "system[1].depends_on[1]", "itself"),
    ("sources.toml", 'kind = "letter"', 'kind = "poem"', "source[1].kind", "not one of"),
    ("sources.toml", "[[source]]", "[[document]]", "document", "unknown key"),
    ("causes.toml", "level = 2", "level = 5", "severity", "1, 2, 3, 4"),
]


@pytest.mark.parametrize(
    ("file", "old", "new", "key", "problem"), FAULTS, ids=[f"{row[0]}:{row[3]}:{row[4]}" for row in FAULTS]
)
def test_a_fault_is_named_with_file_and_key(
    tmp_path: Path, file: str, old: str, new: str, key: str, problem: str
) -> None:
    folder = tmp_path / "archive"
    shutil.copytree(FOLDER, folder)
    text = (folder / file).read_text(encoding="utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ArchiveError) as caught:
        read_archive(folder)
    assert (caught.value.file, caught.value.key) == (file, key)
    assert problem in caught.value.problem
    assert str(caught.value).startswith(f"{file}: ")


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "archive"
    shutil.copytree(FOLDER, folder)
    (folder / "causes.toml").unlink()
    with pytest.raises(ArchiveError, match=r"causes\.toml: the file is missing"):
        read_archive(folder)


def test_a_file_that_nobody_reads_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "archive"
    shutil.copytree(FOLDER, folder)
    (folder / "incidents" / "more").mkdir()
    (folder / "incidents" / "more" / "one.toml").write_text("", encoding="utf-8")
    with pytest.raises(ArchiveError, match=r"incidents/more/one\.toml: no such file belongs to the archive"):
        read_archive(folder)


def test_a_file_in_another_encoding_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "archive"
    shutil.copytree(FOLDER, folder)
    (folder / LEAP).write_bytes("title_ja = 'うるう日'".encode("shift_jis"))
    with pytest.raises(ArchiveError, match="is not UTF-8"):
        read_archive(folder)
