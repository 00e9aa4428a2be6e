"""The store that the settings name."""

from generator.feedback.settings import Settings, database_path
from generator.feedback.store import Store


def open_store(settings: Settings) -> Store:
    """Return the store that the database address names, not yet started."""
    if settings.database.startswith("sqlite"):
        from generator.feedback.sqlite import SqliteStore

        return SqliteStore(database_path(settings.database))
    from generator.feedback.postgres import PostgresStore

    return PostgresStore(settings.database)
