"""Discrepancy reports between bodies (顛末報告): cases, enquiries, the four forms, what the public learns."""
