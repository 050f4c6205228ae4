"""Plain functions that make sample rows for tests."""
