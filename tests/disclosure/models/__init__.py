"""Tests of disclosure.models."""
