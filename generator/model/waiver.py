"""What somebody has accepted for a time, although a check objects."""

from generator.model.record import Day, Entity, Slug, Text


class Waiver(Entity):
    """One kind of objection to one file, or to one place in it, that stands for a time."""

    check: Slug
    """The id of the check that objects."""
    file: Text
    """The file it objects to, seen from the project's root."""
    quote: Text | None = None
    """Words of the objection, where only one of several is meant; null: all that the check says of the file."""
    reason: Text
    accepted_by: Text
    """The role of whoever accepts it."""
    until: Day
    """The last day; then it must be mended, or accepted anew."""
