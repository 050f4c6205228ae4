"""What can go wrong in a way that a person is told about.

A message is an English template that is also its id in the translation catalogues; its named
parameters (`%(name)s`) travel beside it, so that the edge translates first and fills in afterwards.
"""

from typing import ClassVar


def N_(text: str) -> str:  # noqa: N802 - the name that extraction tools look for
    """Mark a message for extraction without translating it."""
    return text


class KaijiError(Exception):
    """The root. `message` is the template, `params` its values, `status` the HTTP status."""

    status: ClassVar[int] = 400
    default: ClassVar[str] = N_("This could not be done.")

    def __init__(self, message: str | None = None, /, **params: object) -> None:
        self.message = message if message is not None else self.default
        self.params = params
        super().__init__(self.message)

    def __reduce__(self) -> tuple[object, ...]:
        """Errors cross processes, also those whose `__init__` takes something else than what `args` holds."""
        return _again, (type(self), self.args, dict(self.__dict__))

    def __str__(self) -> str:
        return self.message % self.params if self.params else self.message


def _again(kind: type[KaijiError], args: tuple[object, ...], state: dict[str, object]) -> KaijiError:
    error = kind.__new__(kind, *args)
    error.__dict__.update(state)
    return error


class Invalid(KaijiError):
    """What was sent cannot be accepted as it is."""

    status = 422
    default = N_("Something in what you sent is not right.")


class Forbidden(KaijiError):
    """The actor is known and may not do this."""

    status = 403
    default = N_("You are not allowed to do this.")


class NotFound(KaijiError):
    """There is nothing here, or nothing that this actor may know of."""

    status = 404
    default = N_("There is nothing at this address.")


class Conflict(KaijiError):
    """Somebody else was faster, or the thing is no longer in a state in which this can be done."""

    status = 409
    default = N_("This has changed in the meantime. Look at it again before you go on.")


class Gone(KaijiError):
    """It was here and has been removed for good."""

    status = 410
    default = N_("This has been removed.")


class TooMany(KaijiError):
    """Too many attempts; `retry_after` is in seconds."""

    status = 429
    default = N_("Too many attempts. Wait a little and try again.")

    def __init__(self, message: str | None = None, /, *, retry_after: int = 60, **params: object) -> None:
        super().__init__(message, **params)
        self.retry_after = retry_after
