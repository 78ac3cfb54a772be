"""One importer per registry, by name."""

from __future__ import annotations

from typing import Any, Final

from dlt.imports.importer import Context, Importer
from dlt.imports.kinds.consent_templates import ConsentTemplates
from dlt.imports.kinds.ctas import Ctas
from dlt.imports.kinds.entities import Entities
from dlt.imports.kinds.headers import Headers
from dlt.imports.kinds.receivers import Consents, DndNumbers
from dlt.imports.kinds.telemarketers import Telemarketers
from dlt.imports.kinds.templates import Templates

IMPORTERS: Final[dict[str, type[Importer[Any, Any]]]] = {
    "template": Templates,
    "header": Headers,
    "entity": Entities,
    "telemarketer": Telemarketers,
    "cta": Ctas,
    "consent": ConsentTemplates,
    "dnd": DndNumbers,
    "consents": Consents,
}


def importer_for(registry: str, context: Context) -> Importer[Any, Any]:
    return IMPORTERS[registry](context)
