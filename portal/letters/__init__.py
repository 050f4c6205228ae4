"""Letters of every room: templates and PDF, numbers, signatures, the public register and its tree."""
