"""The law as tables and pure functions: no session, no clock, no Flask."""
