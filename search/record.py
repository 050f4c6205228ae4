"""What the index holds: one record for each published thing and language."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True)
class Record:
    """One published thing in one language, as a room hands it to the index.

    `key` names the thing and is the same in every language (``incident/leap-day-births``). `url` is a path of the site
    without the language's prefix. `body` is plain text; a blank line separates passages. `facets` are lists of values
    by facet name (``{"system": ("relay-server",)}``); kind and language are facets by themselves. `weight` raises
    (over 1) or lowers a record among equals, for example a final report over a first one.
    """

    key: str
    kind: str
    title: str
    body: str
    language: str
    day: date | None
    url: str
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    weight: float = 1.0

    @property
    def id(self) -> str:
        """Unique in the index: the thing and its language."""
        return f"{self.key}@{self.language}"

    def all_facets(self) -> dict[str, tuple[str, ...]]:
        """The facets with kind and language among them."""
        return {**self.facets, "kind": (self.kind,), "language": (self.language,)}

    def fingerprint(self) -> str:
        """Changes whenever anything that a reader could find or see changes."""
        parts = [self.key, self.kind, self.title, self.body, self.language, str(self.day), self.url, self.weight]
        facets = {name: sorted(values) for name, values in self.facets.items()}
        text = json.dumps([parts, facets], ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:24]
