"""The log: one JSON object a line, with what happened and where, never with what somebody wrote or who it was."""

import json
import logging
import sys
import traceback
from datetime import UTC, datetime

LOGGER = logging.getLogger("borgerinfo.feedback")


class JsonFormatter(logging.Formatter):
    """Writes an event and its fields. Of an exception it tells type and place, since its words may hold content."""

    def format(self, record: logging.LogRecord) -> str:
        """Return one line."""
        told = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "event": record.msg if record.name == LOGGER.name else f"server: {record.msg}",
            **getattr(record, "fields", {}),
        }
        if record.exc_info and record.exc_info[0]:
            told["error"] = record.exc_info[0].__name__
            told["at"] = [f"{f.name}:{f.lineno}" for f in traceback.extract_tb(record.exc_info[2])][-4:]
        return json.dumps(told, ensure_ascii=False)


def set_up_logging() -> None:
    """Send everything, the web server's own words included, through the one formatter to standard error."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonFormatter())
    for name in (LOGGER.name, "uvicorn", "uvicorn.error", "asyncio"):
        logger = logging.getLogger(name)
        logger.handlers, logger.propagate = ([handler], False) if name != "uvicorn.error" else ([], True)
        logger.setLevel(logging.INFO if name == LOGGER.name else logging.WARNING)
    logging.getLogger("uvicorn.access").disabled = True


def tell(event: str, level: int = logging.INFO, **fields: object) -> None:
    """Log an event with its fields."""
    LOGGER.log(level, event, extra={"fields": fields})


def tell_failure(event: str) -> None:
    """Log an event with the type and place of the exception being handled."""
    LOGGER.error(event, exc_info=True, extra={"fields": {}})
