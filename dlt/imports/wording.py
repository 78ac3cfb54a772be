"""The codes of a report in words, for the sums on the page."""

from __future__ import annotations

from typing import Final

from dlt.models import ImportJob

REASONS: Final = {
    "bad_categories": "Not preference categories",
    "bad_cta": "Not a link or number as portals take them",
    "bad_date": "Date not readable",
    "bad_header": "Not a header",
    "bad_id": "Wrong or damaged ID",
    "bad_limit": "Limit not readable",
    "changed_text": "Same ID, another text",
    "differs": "In the registry with other details",
    "has_variables": "Consent text with variables",
    "headers_missing": "No header named",
    "missing": "Required cell empty",
    "no_fixed_text": "Nothing but variables",
    "needs_admin": "State change that an admin must import",
    "other_entity": "Belongs to another entity",
    "phone.impossible": "Impossible number",
    "phone.not_a_number": "Not a telephone number",
    "phone.short_number": "Short service number",
    "phone.emergency": "Emergency number",
    "rejected": "Rejected by the portal",
    "rounded_number": "ID rounded by a spreadsheet",
    "text_missing": "Text empty",
    "text_too_long": "Text too long",
    "too_long": "Value too long",
    "twice_different": "ID twice in the file, with different values",
    "unknown_category": "Category unknown",
    "unknown_consent": "Consent template not in the registry",
    "unknown_content_type": "Content type unknown",
    "unknown_entity": "Entity not in this account",
    "unknown_header": "Header not in the registry",
    "unknown_kind": "Kind unknown",
    "unknown_role": "Role unknown",
    "variable_tags": "Variable tags do not fit the text",
    "variables": "Column Variables not readable",
}
LINTS: Final = {
    "angle_bracket": "Text with < or >",
    "garbled": "Text looks garbled",
    "letters_lost": "Letters may be lost (????)",
    "many_variables": "Many variables",
    "mostly_variable": "Too little fixed text",
    "new_header": "Header added as pending",
    "no_variable": "No variable in a service template",
    "not_a_variable": "Something like a variable that is none",
    "not_unicode": "Letters beyond Text",
    "other_case": "Header with other capitals exists",
    "same_text": "Same text as another template",
    "too_long": "Text too long",
    "two_spaces": "Spaces in a row",
    "typographic": "Typographic quotes or dashes",
    "unknown_status": "Status not known",
    "unknown_tag": "Unknown variable tag",
    "untyped": "{#var#} instead of a typed variable",
    "unusual_id": "Unusual length of an ID",
    "variable_last": "Ends in a variable",
    "variables_together": "Variables side by side",
    "windows_1252": "Windows-1252: letters may be wrong",
}


def summary(job: ImportJob) -> str:
    """Return an import in a few words."""
    counts = job.counts
    if job.state in (ImportJob.State.DONE, ImportJob.State.CHECKED):
        parts = [
            (counts.get(name, 0), name) for name in ("added", "changed", "unchanged", "refused")
        ]
        return ", ".join(f"{number:,} {name}" for number, name in parts if number) or "no rows"
    if job.state in (ImportJob.State.CHECKING, ImportJob.State.APPLYING):
        return f"{job.rows_done:,} of {job.rows_total:,} rows"
    return ""
