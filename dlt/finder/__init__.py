"""Which template is this? A body in, the templates it fits out, among a hundred thousand.

``index`` is pure: no clock, no database, no network. ``accounts`` keeps one index for each account
and is the door for everybody else.
"""
