"""Tables of the room of discrepancy reports."""

from discrepancy.models import bodies, cases, code_rows, enquiries, figures, guards, lessons, notices, reports, typings

__all__ = ["bodies", "cases", "code_rows", "enquiries", "figures", "guards", "lessons", "notices", "reports", "typings"]
