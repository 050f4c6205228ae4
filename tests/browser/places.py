"""The kinds of pages there are, each by one address."""

from __future__ import annotations

from urllib.parse import quote

PUBLIC = (
    "/",
    "/incidents",
    "/incidents?year=2016",
    "/incidents/relay-servers-2016-01",
    "/incidents/relay-servers-2016-01/bulletins/1",
    "/systems",
    "/systems/juki-relay-servers",
    "/letters",
    "/letters/question-letter-2016-05-25",
    "/figures",
    "/figures/jlis-staff-2016",
    "/figures/notification-card-returns-iida-rate",
    "/procedure",
    "/procedure/deadlines",
    "/procedure/deadlines?clock=D3&day=2026-04-03&sent_1=2026-04-08&arrived_1=2026-04-20",
    "/procedure/deadlines?clock=D1&day=2026-02-30&extended=31",
    "/statistics/requests",
    "/statistics/appeals",
    "/forms",
    "/forms/f1",
    "/complaints",
    "/about",
    "/accessibility",
    "/privacy",
    "/search",
    f"/search?q={quote('中継サーバ')}",
    "/search?q=zzzzzz",
    "/request",
    "/request/where",
    "/request/where/card-application",
    "/request/where/investigation",
    "/request/where/intermediate-server",
    "/request/where/representative",
    "/request/status",
    "/forms",
    "/forms/f1",
    "/staff/sign-in",
)
MISSING = "/nowhere"
