"""Tests of disclosure.queries."""
