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
    "/staff/sign-in",
)
MISSING = "/nowhere"
