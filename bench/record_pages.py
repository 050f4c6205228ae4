"""Addresses of the public record, by what they measure; each call gives another one where there are many."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

from bench.large_record import FIRST, Choices
from content.rules.areas import PREFECTURES

YEARS = 11
Addresses = dict[str, Callable[[], str]]


class Some:
    """Chosen by chance, the same each time."""

    def __init__(self, incidents: int, choices: Choices, seed: int = 5) -> None:
        self.incidents, self.choices, self.chance = incidents, choices, random.Random(seed)

    def incident(self) -> str:
        return f"made-{self.chance.randrange(self.incidents):05}"

    def year(self) -> int:
        return FIRST.year + self.chance.randrange(YEARS)

    def prefecture(self) -> str:
        return self.chance.choice(list(PREFECTURES))

    def place(self) -> str:
        return self.chance.choice(self.choices.places)

    def system(self) -> str:
        return self.chance.choice(self.choices.systems)

    def cause(self) -> str:
        return self.chance.choice(self.choices.causes)

    def filters(self) -> str:
        """Two to five filters and an order."""
        year = self.year()
        given: dict[str, Any] = {
            "system": self.system(), "cause": self.cause(), "severity": self.chance.randrange(1, 5), "from": year,
            "to": year + self.chance.randrange(3), "area": self.prefecture(), "state": "closed", "exercise": "no",
            "sort": self.chance.choice(("oldest", "severity", "said")),
        }  # fmt: skip
        names = self.chance.sample(list(given), self.chance.randrange(2, 6))
        return "&".join(f"{name}={given[name]}" for name in names)

    def page(self, of: int) -> int:
        return self.chance.randrange(1, max(2, of))


def pages(some: Some) -> Addresses:
    """Pages for readers."""
    last = some.incidents // 20
    return {
        "home": lambda: "/",
        "list, first page": lambda: "/incidents",
        "list, any page": lambda: f"/incidents?page={some.page(last)}",
        "list, one year": lambda: f"/incidents?from={(year := some.year())}&to={year}",
        "list, filters by chance": lambda: f"/incidents?{some.filters()}",
        "list, a municipality, also wider": lambda: f"/incidents?area={some.place()}&wide=yes&sort=severity",
        "incident": lambda: f"/incidents/{some.incident()}",
        "incident, English": lambda: f"/en/incidents/{some.incident()}",
        "bulletin": lambda: f"/incidents/{some.incident()}/bulletins/1",
        "version": lambda: f"/incidents/{some.incident()}/versions/1",
        "two bulletins compared": lambda: f"/incidents/{some.incident()}/diff?from=1&to=2",
        "all places": lambda: "/places",
        "prefecture": lambda: f"/places/{some.prefecture()}",
        "municipality": lambda: f"/places/{some.place()}",
        "all systems": lambda: "/systems",
        "system": lambda: f"/systems/{some.system()}",
        "system, any page": lambda: f"/systems/{some.system()}?page={some.page(last // 10)}",
        "uptime": lambda: f"/systems/{some.system()}/uptime",
        "all causes": lambda: "/causes",
        "cause": lambda: f"/causes/{some.cause()}",
        "measures": lambda: f"/measures?page={some.page(20)}",
        "maintenance": lambda: "/maintenance",
        "figure by year, month, cause, severity": lambda: (
            f"/figures/incidents-by-{some.chance.choice(('year', 'month', 'cause', 'severity'))}"
        ),
        "figure by cause, CSV": lambda: "/figures/incidents-by-cause.csv",
        "disclosure clock": lambda: "/figures/disclosure-clock",
    }


def programs(some: Some) -> Addresses:
    """Feeds, JSON, the API."""
    api, last = "/api/v1", some.incidents // 100
    return {
        "list, JSON": lambda: f"/incidents.json?page={some.page(last)}",
        "incident, JSON": lambda: f"/incidents/{some.incident()}.json",
        "feed of all": lambda: f"/feeds/incidents.{some.chance.choice(('atom', 'json'))}",
        "feed of all, archive": lambda: f"/feeds/archive/{some.page(some.incidents // 6)}/incidents.atom",
        "feed of a system": lambda: f"/feeds/systems/{some.system()}.atom",
        "feed of a system, archive": lambda: f"/feeds/archive/{some.page(some.incidents // 100)}/systems/jpki.atom",
        "feed of a cause": lambda: f"/feeds/causes/{some.cause()}.atom",
        "feed of a prefecture": lambda: f"/feeds/places/{some.prefecture()}.atom",
        "feed of a municipality": lambda: f"/feeds/places/{some.place()}.atom",
        "feed of an incident": lambda: f"/feeds/incidents/{some.incident()}.atom",
        "alerts": lambda: "/feeds/alerts.atom",
        "API, incidents by filters": lambda: (
            f"{api}/incidents?system={some.system()}&from={some.year()}-01-01&area={some.prefecture()}"
        ),
        "API, incident": lambda: f"{api}/incidents/{some.incident()}",
        "API, bulletins": lambda: f"{api}/bulletins?from={some.year()}-0{some.page(9)}-01&limit=50",
        "API, bulletins of an incident": lambda: f"{api}/incidents/{some.incident()}/bulletins",
        "API, facts": lambda: f"{api}/facts?area={some.prefecture()}&field=inquiries",
        "API, measures": lambda: f"{api}/measures?limit=50",
        "API, areas": lambda: f"{api}/areas?prefecture={some.prefecture()}",
        "API, systems": lambda: f"{api}/systems",
        "API, causes": lambda: f"{api}/causes",
    }
