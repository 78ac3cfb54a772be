"""Flows as files: out of one installation, into another, or into version control."""
