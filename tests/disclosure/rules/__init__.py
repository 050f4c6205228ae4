"""Tests of disclosure.rules."""
