"""What is wrong with a data file, and where."""


class ArchiveError(Exception):
    """A data file cannot be used.

    file: path below the archive folder, `incidents/x.toml`. key: where in it, tables counted from 1,
    `bulletin[2].fact[1].value`; empty for the file as a whole. problem: plain words.
    """

    def __init__(self, file: str, key: str, problem: str) -> None:
        super().__init__(f"{file}: {key}: {problem}" if key else f"{file}: {problem}")
        self.file = file
        self.key = key
        self.problem = problem


class Place:
    """A place in a file, to walk down and to raise from: `place / "bulletin" / 2`."""

    def __init__(self, file: str, key: str = "") -> None:
        self.file = file
        self.key = key

    def __truediv__(self, step: str | int) -> "Place":
        if isinstance(step, int):
            return Place(self.file, f"{self.key}[{step}]")
        return Place(self.file, f"{self.key}.{step}" if self.key else step)

    def wrong(self, problem: str) -> ArchiveError:
        """The error to raise for this place."""
        return ArchiveError(self.file, self.key, problem)
