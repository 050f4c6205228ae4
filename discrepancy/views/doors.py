"""Who opens which page: people of bodies, who see what is their body's, and the operator's staff."""

from __future__ import annotations

from discrepancy import policy
from portal.core.actor import Role
from portal.web.access import requires

# What people of bodies read and write.
for_bodies = requires(Role.CORRESPONDENT, bodies=True)
for_readers = requires(*policy.ALL, bodies=True)
for_bodies_looking = requires(Role.CORRESPONDENT, bodies=True, records_look=True)
# What the operator's staff read as well; showing it is recorded.
for_parties = requires(*policy.ALL, bodies=True, records_look=True)
# What both do, each as the party that they are.
for_workers = requires(Role.CORRESPONDENT, *policy.WORKS, bodies=True, records_look=True)
# The register: its keepers; people's accounts are made by administrators alone.
for_keepers = requires(*policy.KEEPS)
for_administrators = requires(Role.ADMINISTRATOR)
# The operator's own work.
for_operator = requires(*policy.READS)
