"""The doors of the room: pages of bodies, of the operator's staff, of the register's keepers."""
