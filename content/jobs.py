"""What the worker does for this room: nothing of its own; importing this tells the index where its records are."""

import content.records  # noqa: F401 - registers itself
