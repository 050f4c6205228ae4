"""Tests of the pages of question letters."""
