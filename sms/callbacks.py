"""Carriers' hooks: what comes in is kept at once and understood by a worker."""

from __future__ import annotations

import json
import math
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, JsonResponse
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from core.api_errors import answer_domain_error, body
from core.plain import check_plain
from sms.registry import UnknownGateway
from sms.services import receive_receipt

LARGEST = 64 * 1024  # bytes


def gateway_token(gateway: str) -> str:
    """Return the secret part of a gateway's hook addresses: 256 bits that follow from the secret key."""
    return salted_hmac("sms.gateway", gateway, algorithm="sha256").hexdigest()


def _is_too_large(request: HttpRequest) -> bool:
    """Measure what came: a chunked body declares no length."""
    try:
        return len(request.body) > LARGEST
    except RequestDataTooBig:
        return True


def _payload(request: HttpRequest) -> dict[str, Any] | None:
    if request.content_type != "application/json":
        return {key: request.POST[key] for key in request.POST}
    try:
        value = json.loads(request.body)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None


@csrf_exempt
@require_POST
def receipts(request: HttpRequest, gateway: str, token: str) -> JsonResponse:
    """Take a delivery receipt as JSON object or form; 404 for a wrong token, as for any other address."""
    if not constant_time_compare(token, gateway_token(gateway)):
        raise Http404
    if _is_too_large(request):
        return JsonResponse(body("too_large", "A receipt may have 64 KiB at most."), status=413)
    raw = _payload(request)
    if raw is None:
        return JsonResponse(body("bad_request", "Send a JSON object or a form."), status=400)
    fault = check_plain(raw, largest=math.inf)  # carriers write long ids as numbers
    if fault:
        path, problem = fault
        return JsonResponse(body("invalid", f"{path} {problem}.", {"field": path}), status=400)
    try:
        receive_receipt(gateway=gateway, raw=raw, now=timezone.now())
    except UnknownGateway as error:
        return answer_domain_error(request, error)
    return JsonResponse({"received": True})
