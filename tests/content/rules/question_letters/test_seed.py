"""The letter of 2016 and its answer, where the documents are at hand; they are not in this repository."""

from __future__ import annotations
