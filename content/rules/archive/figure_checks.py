"""What must hold in a figure: points with a day, one kind of series, no value twice."""

from content.rules.archive.checks import Known, check_area, check_dated, check_sources, numbered
from content.rules.archive.errors import Place
from content.rules.archive.records import Figure


def check_figure(figure: Figure, known: Known, place: Place) -> None:
    """ArchiveError at the first thing that is wrong."""
    if not figure.points:
        raise (place / "point").wrong("at least one point is needed")
    several = figure.points[0].series_ja is not None
    seen: set[tuple[str, ...]] = set()
    for point, here in zip(figure.points, numbered(figure.points, place / "point"), strict=True):
        check_dated(point, here)
        check_area(point.area, here / "area")
        check_sources(point.sources, known, here / "sources")
        if (point.series_ja is not None) is not several:
            raise (here / "series_ja").wrong("either every point of a figure names its series, or none")
        name = (point.label_ja, point.series_ja or "", point.area, str(point.day or point.period))
        if name in seen:
            raise (here / "label_ja").wrong("the same value stands there twice")
        seen.add(name)
