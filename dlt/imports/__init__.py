"""Files of records on their way in: read, mapped, judged, written."""
