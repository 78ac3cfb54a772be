"""What the operators' DLT registries approved, as this account holds it.

Ids are text: 19 digits do not survive a float. Facts: TRAI's TCCCPR 2018 and the operators' portals.
"""

from dlt.models.ctas import Cta
from dlt.models.entities import Chain, ChainLink, PrincipalEntity, Telemarketer
from dlt.models.headers import Header
from dlt.models.imports import ColumnMapping, ImportJob
from dlt.models.proposals import Proposal
from dlt.models.receivers import Consent, DndNumber
from dlt.models.record import Record, RecordQuerySet, Source
from dlt.models.settings import DltSettings, RegistryStamp
from dlt.models.states import SENDABLE, SUSPENDED, EntityState, RecordState
from dlt.models.templates import Category, ConsentTemplate, ContentTemplate, TemplateQuerySet

__all__ = [
    "SENDABLE",
    "SUSPENDED",
    "Category",
    "Chain",
    "ChainLink",
    "ColumnMapping",
    "Consent",
    "ConsentTemplate",
    "ContentTemplate",
    "Cta",
    "DltSettings",
    "DndNumber",
    "EntityState",
    "Header",
    "ImportJob",
    "PrincipalEntity",
    "Proposal",
    "Record",
    "RecordQuerySet",
    "RecordState",
    "RegistryStamp",
    "Source",
    "Telemarketer",
    "TemplateQuerySet",
]
