"""Which fact holds today, and what changed."""

from dataclasses import dataclass

from content.rules.facts import About, changes, project


@dataclass(frozen=True)
class Said:
    id: str
    value: int = 0
    field: str = "affected-cards"
    area: str = "JP"
    unit: str | None = "cards"
    corrects: str | None = None


def about(said: Said) -> About:
    return About(said.id, said.field, said.area, said.unit, said.corrects)


def test_the_last_bulletin_that_speaks_about_a_thing_holds() -> None:
    first, second = Said("x/1/1", 5), Said("x/2/1", 7)
    [current] = project([[first], [second]], about)
    assert current.facts == (second,)
    assert current.earlier == (first,)


def test_what_a_later_bulletin_is_silent_about_stays() -> None:
    first, other = Said("x/1/1"), Said("x/2/1", field="occurrences")
    assert [current.facts for current in project([[first], [other]], about)] == [(first,), (other,)]


def test_the_same_thing_elsewhere_is_another_thing() -> None:
    country, city = Said("x/1/1", 26000), Said("x/2/1", 11, area="202053")
    assert len(project([[country], [city]], about)) == 2


def test_two_statements_of_one_bulletin_stand_side_by_side() -> None:
    one, other = Said("x/1/1", 1), Said("x/1/2", 2)
    [current] = project([[one, other]], about)
    assert current.facts == (one, other)


def test_a_correction_takes_the_place_of_the_fact_that_it_names_even_about_another_thing() -> None:
    wrong = Said("x/1/1", 26000)
    right = Said("x/2/1", 26000, field="affected-persons", unit="persons", corrects="x/1/1")
    [current] = project([[wrong], [right]], about)
    assert current.facts == (right,)
    assert current.earlier == (wrong,)


def test_earlier_statements_stand_newest_first() -> None:
    said = [Said(f"x/{n}/1", n) for n in (1, 2, 3)]
    [current] = project([[one] for one in said], about)
    assert current.earlier == (said[1], said[0])


def test_only_what_differs_is_a_change() -> None:
    def same(one: Said, other: Said) -> bool:
        return one.value == other.value

    old, kept = Said("x/1/1", 5), Said("x/1/2", 1, field="occurrences")
    new, again = Said("x/2/1", 7), Said("x/2/2", 1, field="occurrences")
    [change] = changes([old, kept], [new, again], about, same=same)
    assert (change.old, change.new) == ((old,), (new,))
