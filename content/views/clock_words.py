"""The disclosure clock in words of the page's language."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from markupsafe import Markup, escape

from content.rules.disclosure_clock import Moment
from content.rules.distribution import Span
from content.rules.yardsticks import Took, Verdict, Yardstick
from portal.web.language import _, _l, current, in_japan, show_day

STEPS = {
    "occurred": _l("It happened"),
    "detected": _l("It was noticed"),
    "first_notice": _l("It was first said in public"),
    "recovered": _l("The service was back"),
    "cause": _l("The cause was established"),
    "final": _l("The final report"),
}
VERDICTS = {
    Verdict.WITHIN: (_l("Within it"), "success"),
    Verdict.OVER: (_l("Longer than it"), "danger"),
    Verdict.UNSURE: (_l("Cannot be told: only the day is known"), "neutral"),
    Verdict.WAITING: (_l("Still open"), "info"),
    Verdict.NOT_TOLD: (_l("Not told"), "neutral"),
}
SPANS = {
    Span.MINUTES_30: _l("up to 30 minutes"),
    Span.HOUR: _l("up to 1 hour"),
    Span.HOURS_6: _l("up to 6 hours"),
    Span.DAY: _l("up to 24 hours"),
    Span.SAME_DAY: _l("the same day, hour not known"),
    Span.DAYS_3: _l("up to 3 days"),
    Span.DAYS_7: _l("up to 7 days"),
    Span.DAYS_30: _l("up to 30 days"),
    Span.DAYS_90: _l("up to 90 days"),
    Span.LONGER: _l("longer than 90 days"),
}


def length(passed: timedelta) -> str:
    """A time that passed, in its two largest units: 3 days 4 hours; 20 minutes."""
    minutes = round(passed / timedelta(minutes=1))
    whole, hours, rest = minutes // 1440, minutes // 60 % 24, minutes % 60
    if whole:
        parts = [days(whole), _hours(hours) if hours else ""]
    elif hours:
        parts = [_hours(hours), _minutes(rest) if rest else ""]
    else:
        parts = [_minutes(rest)]
    return ("" if current() == "ja" else " ").join(part for part in parts if part)


def days(n: float) -> str:
    """A number of days, which may be a half."""
    return _("1 day") if n == 1 else _("%(n)s days", n=f"{n:,g}")


def _hours(n: int) -> str:
    return _("1 hour") if n == 1 else _("%(n)s hours", n=n)


def _minutes(n: int) -> str:
    return _("1 minute") if n == 1 else _("%(n)s minutes", n=n)


def took(one: Took) -> str:
    """A length, with what is not known of it."""
    if one.exact:
        return length(one.length)
    if not one.length:
        return _("the same day; the hour is not known")
    return _("%(length)s (only the days are known)", length=days(one.length.days))


def moment(one: Moment) -> Markup:
    """A moment as a reader sees it: to the minute, or the day with what is not known."""
    there = in_japan(one.at)
    day = show_day(there.date())
    if one.exact:
        return Markup('{} <span class="numeric nowrap">{}</span>').format(day, there.strftime("%H:%M"))
    return Markup('{} <span class="soft small">{}</span>').format(day, escape(_("only the day is known")))


def limit(one: Yardstick) -> str:
    """What a yardstick asks for."""
    most = length(one.limit)
    if one.end == "updates":
        return _("at most %(time)s between two updates", time=most)
    start, end = str(STEPS[one.start.replace("-", "_")]), str(STEPS[one.end.replace("-", "_")])
    return _("at most %(time)s from “%(start)s” to “%(end)s”", time=most, start=start, end=end)


CLOCK: dict[str, Any] = {
    "clock_steps": STEPS,
    "verdicts": VERDICTS,
    "spans": SPANS,
    "length": length,
    "days": days,
    "took": took,
    "clock_moment": moment,
    "limit": limit,
}
