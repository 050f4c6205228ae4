"""The way of a bulletin, cell by cell."""

import pytest

from content.rules.states import DraftState, Step, after, steps
from portal.core.errors import Conflict

WAYS = {
    ("draft", "edit"): "draft",
    ("draft", "send"): "review",
    ("draft", "publish-now"): "published",
    ("draft", "discard"): "discarded",
    ("review", "send-back"): "draft",
    ("review", "publish"): "published",
}


@pytest.mark.parametrize("state", list(DraftState))
@pytest.mark.parametrize("step", list(Step))
def test_each_cell_of_the_table(state: DraftState, step: Step) -> None:
    wanted = WAYS.get((state.value, step.value))
    if wanted is None:
        assert step not in steps(state)
        with pytest.raises(Conflict):
            after(state, step)
    else:
        assert after(state, step) == wanted
