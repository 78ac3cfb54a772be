"""Pages of the registries and of the approval queue."""
