"""Where an answer stands in the letter that asked, when it answers several questions or goes on with another one.

It stands once, behind the last of its questions that follow each other; questions of it further on say where. What
goes on with an earlier answer stands right behind that one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from content.rules.question_letters.blocks import BlockKind

# What a place in a letter is named by, from the outside in.
NAMED = (BlockKind.SECTION, BlockKind.GROUP, BlockKind.QUESTION)


@dataclass(frozen=True)
class Answering:
    """An answer to questions (their codes); ``follows`` is the place in the list of the one that it goes on with."""

    questions: tuple[str, ...]
    follows: int | None = None


@dataclass(frozen=True)
class Behind:
    """What stands behind a question: answers, by their places in the list, and those that stand ``elsewhere``."""

    answers: tuple[int, ...] = ()
    elsewhere: tuple[int, ...] = ()


NOTHING = Behind()


def places(order: Sequence[str], answers: Sequence[Answering]) -> dict[str, Behind]:
    """What stands behind each question; ``order`` are the codes of all questions as the letter asks them."""
    at = {code: place for place, code in enumerate(order)}
    home: list[str | None] = []
    covered: list[set[str]] = []
    for answer in answers:
        run = _run(order, at, answer.questions)
        if answer.follows is not None and (earlier := home[answer.follows]) is not None:
            home.append(earlier)
            covered.append(covered[answer.follows] | set(run))
        else:
            home.append(run[-1] if run else None)
            covered.append(set(run))
    found: dict[str, tuple[list[int], list[int]]] = {code: ([], []) for code in order}
    for place, (answer, there) in enumerate(zip(answers, home, strict=True)):
        if there is None:
            continue
        found[there][0].append(place)
        for code in answer.questions:
            if code in at and code not in covered[place]:
                found[code][1].append(place)
    return {code: Behind(tuple(here), tuple(there)) for code, (here, there) in found.items()}


def _run(order: Sequence[str], at: Mapping[str, int], questions: Iterable[str]) -> list[str]:
    """The first questions of an answer that follow each other."""
    wanted = sorted(at[code] for code in questions if code in at)
    run: list[str] = []
    for place in wanted:
        if run and at[run[-1]] + 1 != place:
            break
        run.append(order[place])
    return run


def names(parts: Iterable[tuple[str, str, str]]) -> dict[str, str]:
    """How each numbered part is named from the outside in, as the letter labels it: ［１］（２）３）.

    ``parts``: kind, code and label of each part in the letter's order. One without any label is named by its code.
    """
    labels: dict[str, str] = {}
    found: dict[str, str] = {}
    for kind, code, label in parts:
        if kind not in NAMED:
            continue
        steps = code.split("-")
        above = ["-".join(steps[:count]) for count in range(1, len(steps))]
        labels[code] = label.strip()
        found[code] = "".join(labels.get(one, "") for one in (*above, code)) or code
    return found
