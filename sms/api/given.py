"""Parameters wherever a client put them: query string, JSON or form; the body wins."""

from __future__ import annotations

from typing import Any

from rest_framework.exceptions import ValidationError
from rest_framework.request import Request

from core.phone_numbers import from_query


def given(request: Request, number: str) -> dict[str, Any]:
    """Return the parameters of a request by name.

    Clients that leave the ``+`` of a number unescaped in the query send a space: ``number`` names the
    parameter that is read with that in mind. Raises ValidationError for a body that is no object.
    """
    values: dict[str, Any] = {key: request.query_params[key] for key in request.query_params}
    if number in values:
        values[number] = from_query(values[number])
    body = request.data
    if not hasattr(body, "items"):
        raise ValidationError("Send the parameters as a JSON object or a form.")
    return values | dict(body.items())
