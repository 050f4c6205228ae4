"""The states of a bulletin on its way to the public, as a table."""

from enum import StrEnum

from portal.core.errors import N_, Conflict


class DraftKind(StrEnum):
    """What a draft becomes: a bulletin, the withdrawal of one, a report on a measure, an archive that is taken in."""

    BULLETIN = "bulletin"
    WITHDRAWAL = "withdrawal"
    REPORT = "report"
    IMPORT = "import"


class DraftState(StrEnum):
    """``published`` and ``discarded`` are ends."""

    DRAFT = "draft"
    REVIEW = "review"
    PUBLISHED = "published"
    DISCARDED = "discarded"


class Step(StrEnum):
    """What can be done with a draft. ``publish-now``: its writer alone, in an emergency."""

    EDIT = "edit"
    SEND = "send"
    SEND_BACK = "send-back"
    PUBLISH = "publish"
    PUBLISH_NOW = "publish-now"
    DISCARD = "discard"


TABLE: dict[DraftState, dict[Step, DraftState]] = {
    DraftState.DRAFT: {
        Step.EDIT: DraftState.DRAFT,
        Step.SEND: DraftState.REVIEW,
        Step.PUBLISH_NOW: DraftState.PUBLISHED,
        Step.DISCARD: DraftState.DISCARDED,
    },
    DraftState.REVIEW: {
        Step.SEND_BACK: DraftState.DRAFT,
        Step.PUBLISH: DraftState.PUBLISHED,
    },
    DraftState.PUBLISHED: {},
    DraftState.DISCARDED: {},
}


def steps(state: str) -> frozenset[Step]:
    """What can be done in this state."""
    return frozenset(TABLE[DraftState(state)])


def after(state: str, step: Step) -> DraftState:
    """The state after ``step``; raises Conflict where the table has no way."""
    try:
        return TABLE[DraftState(state)][step]
    except KeyError:
        raise Conflict(N_("This bulletin is no longer in a state in which this can be done.")) from None
