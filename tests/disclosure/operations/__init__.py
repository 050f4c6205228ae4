"""Tests of disclosure.operations."""
