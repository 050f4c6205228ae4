"""Tables of the room of discrepancy reports."""

from discrepancy.models import bodies, cases, code_rows, enquiries, guards, reports

__all__ = ["bodies", "cases", "code_rows", "enquiries", "guards", "reports"]
