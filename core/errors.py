"""The one kind of refusal the product makes on purpose."""

from __future__ import annotations

from typing import ClassVar


class DomainError(Exception):
    """An anticipated refusal: a stable code, a sentence and the facts the sentence speaks of.

    Subclasses live beside the code that raises them. ``message`` is a ``str.format`` template filled
    from the context; ``status`` is the HTTP status an API answers with.
    """

    code: ClassVar[str] = "error"
    message: ClassVar[str] = "The request was refused."
    status: ClassVar[int] = 422

    def __init__(self, **context: object) -> None:
        self.context = context
        super().__init__(self.message.format(**context))


class NotFound(DomainError):
    code = "not_found"
    message = "There is no {what} with that id in this account."
    status = 404


class NotAllowed(DomainError):
    code = "not_allowed"
    message = "Your role in this account does not allow this: {what}."
    status = 403
