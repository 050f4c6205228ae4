"""What the documents say, copied from them by hand, against what the archive says.

A row of facts: incident, field, value, unit, area, source, place in it. A row of points: figure, English label, series
or None, value, Japanese unit, source, place.
"""

from datetime import date
from pathlib import Path

import pytest

from content.rules.archive.reading import read_archive
from content.rules.archive.records import Archive

FOLDER = Path(__file__).parents[4] / "content" / "archive"
ISSUES = "1 システム障害関連"
JP, IIDA, KATSUSHIKA = "JP", "202053", "131229"
ANSWER, QUESTION, STATUS, CITY, SYSTEMS = "answer-letter", "question-letter", "status-2016", "iida-2016", "jlis-2015"

FACTS = [
    ("katsushika-notification-cards-2015", "affected-households", 5000, "households", KATSUSHIKA, ANSWER, "［１］(１)"),
    ("katsushika-notification-cards-2015", "affected-items", 5000, "items", KATSUSHIKA, STATUS, "[2] 1)"),
    ("relay-servers-2016-01", "occurrences", 6, "times", JP, ANSWER, "［１］(２)"),
    ("relay-servers-2016-01", "affected-municipalities", 100, "municipalities", JP, STATUS, "[1] 6)"),
    ("relay-servers-2016-01", "servers-in-use", 3, "servers", JP, STATUS, "[1] 6)"),
    ("relay-servers-2016-01", "announced", date(2016, 1, 19), None, JP, QUESTION, "(２)２）"),
    ("relay-servers-2016-01", "announced", date(2016, 1, 25), None, JP, STATUS, "[1] 6)"),
    ("relay-servers-2016-01", "announced", date(2016, 4, 27), None, JP, CITY, "4月27日"),
    ("relay-servers-2016-01", "announced", date(2016, 6, 22), None, JP, ANSWER, "(２)１）"),
    ("relay-servers-2016-01-13", "occurred", date(2016, 1, 13), None, JP, CITY, ISSUES),
    ("relay-servers-2016-01-18", "occurred", date(2016, 1, 18), None, JP, CITY, ISSUES),
    ("relay-servers-2016-01-19", "occurred", date(2016, 1, 19), None, JP, STATUS, "[1] 6)"),
    ("relay-servers-2016-01-21", "occurred", date(2016, 1, 21), None, JP, CITY, ISSUES),
    ("relay-servers-2016-01-22", "occurred", date(2016, 1, 22), None, JP, STATUS, "[1] 6)"),
    ("relay-servers-2016-01-25", "occurred", date(2016, 1, 25), None, JP, CITY, ISSUES),
    ("issue-notices-held-back-2016", "affected-municipalities", 98, "municipalities", JP, CITY, ISSUES),
    ("daily-communication-faults-2016", "affected-persons", 55, "persons", IIDA, CITY, "3月末"),
    ("daily-communication-faults-2016", "recovered", date(2016, 4, 1), None, IIDA, CITY, "4月1日"),
    ("faulty-certificates-2016-01", "affected-cards", 26000, "cards", JP, ANSWER, "［１］(４)"),
    ("faulty-certificates-2016-01", "affected-cards", 11, "cards", IIDA, CITY, ISSUES),
    ("faulty-certificates-2016-01", "occurred", date(2016, 1, 17), None, JP, CITY, ISSUES),
    ("faulty-certificates-2016-01", "event", date(2016, 1, 21), None, JP, QUESTION, "[1](４)"),
    ("faulty-certificates-2016-01", "reported", date(2016, 2, 24), None, JP, QUESTION, "[1](４)"),
    ("alternate-characters-2016-01-28", "detected", date(2016, 1, 28), None, JP, CITY, "1月28日"),
    ("alternate-characters-2016-01-28", "affected-persons", 0, "persons", IIDA, CITY, "1月28日"),
    ("card-servers-overloaded-2016-02-22", "occurred", date(2016, 2, 22), None, JP, CITY, "2月22日"),
    ("card-servers-overloaded-2016-02-22", "duration", 210, "minutes", JP, ANSWER, "［１］(３)"),
    ("leap-day-certificates-2016-03-03", "detected", date(2016, 3, 3), None, JP, CITY, "3月3日"),
    ("leap-day-certificates-2016-03-03", "affected-persons", 1, "persons", IIDA, CITY, "3月3日"),
    ("convenience-store-movers-2016-03-15", "detected", date(2016, 3, 15), None, JP, CITY, "3月15日"),
    ("broken-ic-chips-2016", "detected", date(2016, 4, 5), None, JP, CITY, "4月5日"),
    ("broken-ic-chips-2016", "recovered", date(2016, 7, 5), None, JP, ANSWER, "(６)３）"),
    ("special-characters-2016-04-05", "reported", date(2016, 4, 5), None, JP, ANSWER, "［１］(７)"),
    ("special-characters-2016-04-05", "recovered", date(2016, 5, 16), None, JP, ANSWER, "(７)２）"),
    ("special-characters-2016-04-07", "detected", date(2016, 4, 7), None, JP, CITY, "4月7日"),
    ("slow-issue-screens-2016", "recovered", date(2016, 6, 21), None, JP, ANSWER, "(５)３）"),
    ("duplicate-resident-code-2010", "duration", 5, "years", JP, ANSWER, "［２］１）"),
    ("missing-enclosures-2016-01", "reported", date(2016, 1, 20), None, JP, STATUS, "[1] 1)"),
    ("notification-card-returns-2015", "affected-items", 5910000, "items", JP, STATUS, "[1] 1)"),
    ("notification-card-returns-2015", "affected-items", 2196, "items", IIDA, CITY, "2 通知カード(1)"),
    ("notification-cards-without-braille-2015", "announced", date(2016, 1, 15), None, JP, STATUS, "[1] 2)"),
    ("number-scams-2015", "reported-cases", 342, "cases", JP, STATUS, "[4] 1)"),
]

POINTS = [
    ("notification-card-returns-national", "Delivered", None, 58390000, "通", STATUS, "[1] 1)"),
    ("notification-card-returns-national", "Received", None, 52480000, "通", STATUS, "[1] 1)"),
    ("notification-card-returns-national", "Handed out or delivered again", None, 2160000, "通", STATUS, "[1] 1)"),
    ("notification-card-returns-national", "Kept by municipalities", None, 3620000, "通", STATUS, "[1] 1)"),
    ("notification-card-returns-national-rate", "Kept by municipalities", None, 6.2, "%", STATUS, "[1] 1)"),
    ("notification-card-returns-iida-items", "Sent", "Sent", 39610, "件", CITY, "2 通知カード(1)"),
    ("notification-card-returns-iida-items", "Not collected in time", "Returned", 1418, "件", CITY, "2 通知カード(1)"),
    ("notification-card-returns-iida-items", "Total", "Handed out", 1578, "件", CITY, "2 通知カード(1)"),
    ("notification-card-returns-iida-persons", "Sent", "Sent", 104251, "人", CITY, "2 通知カード(1)"),
    ("notification-card-returns-iida-persons", "Refused", "Returned", 51, "人", CITY, "2 通知カード(1)"),
    ("notification-card-returns-iida-persons", "Not handed out", "Not handed out", 508, "人", CITY, "2 通知カード(1)"),
    ("notification-card-reissue-iida", "1 January to 31 March 2016", None, 333, "人", CITY, "2 通知カード(2)"),
    ("notification-card-reissue-iida", "1 April to 31 May 2016", None, 120, "人", CITY, "2 通知カード(2)"),
    ("cards-issued-iida", "Delivered to the city", None, 6091, "枚", CITY, "3 個人番号カード"),
    ("cards-issued-iida", "Notices to collect sent", None, 6028, "枚", CITY, "3 個人番号カード"),
    ("cards-issued-iida", "Issued", None, 5426, "枚", CITY, "3 個人番号カード"),
    ("cards-issued-rate-2016", "Iida City", None, 90.66, "%", CITY, "3 個人番号カード"),
    ("card-applications-2016", "Applications so far", None, 7300000, "枚", STATUS, "[1] 3)"),
    ("resident-cards-2015", "Valid", None, 7100000, "枚", STATUS, "[1] 3)"),
    ("survey-card-wish-2015", "Wishes", None, 24.3, "%", STATUS, "[1] 3)"),
    ("card-budget-2015", "Supplementary budget", None, 27860000000, "円", STATUS, "[1] 4)"),
    ("cards-planned-2015", "Fiscal 2015 in all", None, 25000000, "枚", STATUS, "[1] 4)"),
    ("municipal-card-uses-2015", "Seal registration", None, 130, "自治体", STATUS, "[1] 10)"),
    ("convenience-store-plans-2015", "Answered that they would", None, 186, "自治体", STATUS, "[1] 11)"),
    ("municipal-security-survey-2015", "Uneasy or not ready", None, 74, "%", STATUS, "[4] 2)"),
    ("small-firms-readiness-2016", "Hardly ready", None, 48.2, "%", STATUS, "[4] 3)"),
    ("jlis-staff-2016", "Total", "J-LIS as a whole", 182, "人", ANSWER, "［４］７）"),
    ("jlis-staff-2016", "Own staff", "J-LIS as a whole", 113, "人", ANSWER, "［４］７）"),
    ("jlis-staff-2016", "Individual number centre", "By centre", 43, "人", ANSWER, "［４］７）"),
    ("jlis-staff-2016", "National centre of LGWAN", "By centre", 20, "人", ANSWER, "［４］７）"),
    ("training-participants-2014", "All three courses", None, 50623, "人", SYSTEMS, "3(2)"),
    ("training-participants-2014", "General course", None, 28799, "人", SYSTEMS, "3(2)ア"),
    ("training-bodies-2014", "All", None, 867, "団体", SYSTEMS, "3(2)"),
    ("training-bodies-2014", "Practical course", None, 811, "団体", SYSTEMS, "3(2)イ"),
    ("training-satisfaction-2014", "Practical course", None, 92.0, "%", SYSTEMS, "3(2)イ"),
    ("training-satisfaction-2014", "Video seminar course", None, 90.5, "%", SYSTEMS, "3(2)ウ"),
    ("training-places", "Places, fiscal 2015", None, 60000, "人", SYSTEMS, "3(3)イ"),
]

Row = tuple[str, str, object, str | None, str, str, str]


@pytest.fixture(scope="module")
def archive() -> Archive:
    return read_archive(FOLDER)


@pytest.mark.parametrize("row", FACTS, ids=[f"{row[0]}:{row[1]}:{row[2]}" for row in FACTS])
def test_a_fact_is_as_the_document_says(archive: Archive, row: Row) -> None:
    key, field, value, unit, area, source, place = row
    found = [
        fact
        for incident, _, fact in archive.facts()
        if incident.key == key and (fact.field, fact.value, fact.unit, fact.area) == (field, value, unit, area)
    ]
    assert found
    assert any(ref.source == source and place in ref.place for fact in found for ref in fact.sources)


@pytest.mark.parametrize("row", POINTS, ids=[f"{row[0]}:{row[1]}" for row in POINTS])
def test_a_point_is_as_the_document_says(
    archive: Archive, row: tuple[str, str, str | None, int | float, str, str, str]
) -> None:
    key, label, series, value, unit, source, place = row
    (figure,) = (one for one in archive.figures if one.key == key)
    (point,) = (one for one in figure.points if (one.label_en, one.series_en) == (label, series))
    assert (point.value, figure.unit_ja) == (value, unit)
    assert any(ref.source == source and place in ref.place for ref in point.sources)


def total(archive: Archive, key: str, labels: list[str], series: str | None = None) -> float:
    (figure,) = (one for one in archive.figures if one.key == key)
    return sum(point.value for point in figure.points if point.label_en in labels and point.series_en == series)


def test_the_parts_of_the_tables_add_up(archive: Archive) -> None:
    courses = ["General course", "Practical course", "Video seminar course"]
    assert total(archive, "training-participants-2014", courses) == 50623
    reasons = ["Addressee unknown", "Not collected in time", "Refused"]
    for key, returned, handed_out in (
        ("notification-card-returns-iida-items", 2196, 1578),
        ("notification-card-returns-iida-persons", 3406, 2629),
    ):
        assert total(archive, key, reasons, "Returned") == returned
        assert total(archive, key, reasons, "Handed out") == handed_out
    kinds = ["Own staff", "On loan from the State and local bodies", "On loan from companies"]
    assert total(archive, "jlis-staff-2016", kinds, "J-LIS as a whole") == 182
