"""Plain rows, and the questions that many pages ask for them: built once.

Building a statement, naming it for the cache of compiled ones and making entities of the answer takes several times as
long as the database's answer itself. A row has its model's columns under the same names, so it reads like one; it
belongs to no session and cannot be changed.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any, Generic, TypeVar, cast

from sqlalchemy import ARRAY, JSON, BindParameter, ColumnElement, any_, bindparam, func, inspect, select
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import Session
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

Thing = TypeVar("Thing")


def given(name: str) -> BindParameter[Any]:
    """A value that is given when the question is asked."""
    return bindparam(name)


class _Among(FunctionElement[bool]):
    """Whether a column has one of many values, which are one value of the question: an array, in SQLite a JSON text.

    With a place for each of them the question is another one for each number of values, which is written, read and
    planned anew; for a thousand values that takes longer than the answer.
    """

    inherit_cache = True


@compiles(_Among)
def _as_json(element: _Among, compiler: SQLCompiler, **how: Any) -> str:
    in_json, _in_array = element.clauses
    return compiler.process(in_json, **how)


@compiles(_Among, "postgresql")
def _as_array(element: _Among, compiler: SQLCompiler, **how: Any) -> str:
    _in_json, in_array = element.clauses
    return compiler.process(in_array, **how)


def among(column: Any, name: str = "keys") -> ColumnElement[bool]:
    """Whether a column has one of the values that are given when the question is asked."""
    listed = func.json_each(bindparam(name, type_=JSON())).table_valued("value")
    return _Among(column.in_(select(listed.c.value)), column == any_(bindparam(name, type_=ARRAY(column.type))))


def ask(session: Session, question: Any, **values: Any) -> Sequence[Any]:
    """The answer in this session's view of the database; ``values`` by name, several as any collection but text."""
    session.flush()  # for a session that writes; asking past it would miss what waits there
    named = {name: list(one) if isinstance(one, Collection) and not isinstance(one, str) else one
             for name, one in values.items()}  # fmt: skip
    return session.connection().execute(question, named).all()


class Rows(Generic[Thing]):
    """All things of a model that fit, as rows; columns ``without`` which the answer does are left out."""

    def __init__(self, model: type[Thing], *fitting: Any, order: Sequence[Any] = (), without: Collection[str] = ()):
        columns = [one for one in inspect(model).local_table.columns if one.name not in without]
        self._statement = select(*columns).where(*fitting).order_by(*order)

    def of(self, session: Session, **values: Any) -> Sequence[Thing]:
        """As a session sees them now, for these values."""
        return cast(Sequence[Thing], ask(session, self._statement, **values))

    def one(self, session: Session, **values: Any) -> Thing | None:
        """The first of them."""
        return next(iter(self.of(session, **values)), None)


class Asked:
    """A question about all things, or about some of them: ``column`` is one of the keys that are given.

    ``within``: the keys of all, where the question is not about every row.
    """

    def __init__(self, question: Any, column: Any, *, within: Any = None) -> None:
        self._all = question if within is None else question.where(column.in_(within))
        self._some = question.where(among(column))

    def of(self, session: Session, keys: Collection[str] | None) -> Sequence[Any]:
        """The rows; ``keys`` None: of all."""
        return ask(session, self._all) if keys is None else ask(session, self._some, keys=keys)
