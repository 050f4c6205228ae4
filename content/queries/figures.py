"""Figures with their series and points."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from content.models.figures import Figure, Point, Series
from content.queries.names import Area, Citations, areas, citations
from content.rules.owners import Owner
from portal.core.errors import NotFound


@dataclass(frozen=True)
class FigureLine:
    figure: Figure
    points: int


@dataclass(frozen=True)
class FigurePage:
    """Points stand in the order in which they were published."""

    figure: Figure
    series: dict[str, Series]
    points: tuple[Point, ...]
    areas: dict[str, Area]
    cited: Citations


def figures(session: Session) -> list[FigureLine]:
    """All figures in the order of the archive."""
    rows = session.execute(select(Point.figure_key, func.count()).group_by(Point.figure_key)).all()
    counts = {row[0]: row[1] for row in rows}
    found = session.scalars(select(Figure).order_by(Figure.position, Figure.key))
    return [FigureLine(figure, counts.get(figure.key, 0)) for figure in found]


def figure_page(session: Session, key: str) -> FigurePage:
    """A figure with everything; raises NotFound."""
    figure = session.get(Figure, key)
    if figure is None:
        raise NotFound
    series = session.scalars(select(Series).where(Series.figure_key == key).order_by(Series.position))
    points = session.scalars(select(Point).where(Point.figure_key == key).order_by(Point.position)).all()
    return FigurePage(
        figure=figure,
        series={one.id: one for one in series},
        points=tuple(points),
        areas=areas(session, [point.area for point in points]),
        cited=citations(session, Owner.FIGURE, key),
    )
