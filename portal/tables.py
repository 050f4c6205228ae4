"""Every module that defines tables, imported so that ``Base.metadata`` is whole: for migrations and tests."""

import content.models
import disclosure.models
import discrepancy.models
import portal.accounts.models
import portal.core.audit
import portal.core.jobs
import portal.letters.models
import portal.web.sessions
import portal.web.throttle
import search.models
import search.postgres_tables
from portal.core.db import Base

MODULES = (
    content.models,
    disclosure.models,
    discrepancy.models,
    portal.accounts.models,
    portal.core.audit,
    portal.core.jobs,
    portal.letters.models,
    portal.web.sessions,
    portal.web.throttle,
    search.models,
    search.postgres_tables,
)
METADATA = Base.metadata
