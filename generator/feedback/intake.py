"""The intake, POST /v1/feedback: what was sent becomes a kept message, or a page that says what to change."""

import json
import logging
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from generator.feedback.limits import Admission, Limits
from generator.feedback.logs import tell
from generator.feedback.metrics import Metrics
from generator.feedback.pages import page
from generator.feedback.reader_address import reader_address
from generator.feedback.settings import Settings
from generator.feedback.sites import Region, Site
from generator.feedback.store import Message, Store, UnavailableError
from generator.feedback.submission import Fault, Submission, read_submission
from generator.feedback.tokens import Signer, spend, work_is_done
from generator.feedback.web import Request, RequestError, Response, redirect, typed

IN_FLIGHT = 1024
"""Messages being checked and kept at once, each a fraction of a second; more are asked to come again."""


@dataclass(frozen=True)
class Refusal:
    """An answer other than thanks: its status, its words, and what the writer must change."""

    status: int
    outcome: str
    heading: str
    lead: str
    faults: tuple[Fault, ...] = ()
    retry_after: int = 0


MISTAKES = Refusal(
    422, "refused", "Det blev ikke sendt", "Ret det, der står her, og send igen. Vi har ikke gemt noget."
)
UNAVAILABLE = Refusal(
    503, "unavailable", "Vi kan ikke gemme dit svar lige nu",
    "Det er vores fejl. Prøv igen om lidt. Din tekst står her endnu.", retry_after=30,
)  # fmt: skip
CROWDED = Refusal(
    503, "shed", "Der er mange, der skriver lige nu",
    "Gå tilbage. Din tekst står der endnu. Prøv igen om lidt.", retry_after=10,
)  # fmt: skip
TOO_MANY = Refusal(
    429, "limited", "Der er kommet mange svar fra din forbindelse",
    "Vent ti minutter, og send igen. Din tekst står her endnu.", retry_after=600,
)  # fmt: skip
CONFIRM = Refusal(
    200, "confirm", "Send en gang til", "Vi vil være sikre på, at du er et menneske. Vent et øjeblik, og tryk på Send."
)
AGAIN = Refusal(
    200, "again", "Er det et nyt svar?",
    "Vi har lige fået et svar magen til fra samme sted. Er det dit, så luk siden. Er det et nyt, så tryk på Send.",
)  # fmt: skip
HIDDEN_ORIGIN = Fault("about", "Din browser skjuler, hvilken side du kommer fra. Tryk på Send igen her på siden.")
FOREIGN_ORIGIN = Fault(
    "about", "Formularen kommer ikke fra vores sider. Tryk på Send igen her på siden, hvis du vil sende den."
)


class Receiver:
    """Takes messages for one site."""

    def __init__(
        self, settings: Settings, site: Site, store: Store, signer: Signer, limits: Limits, metrics: Metrics
    ) -> None:
        self.settings, self.site, self.store = settings, site, store
        self.signer, self.limits, self.metrics = signer, limits, metrics
        self._inside = 0
        says = {"status": CROWDED.outcome, "says": CROWDED.lead, "problems": []}
        self._crowded = {
            False: page("answer.html", CROWDED.status, site, **self._values(CROWDED, None, {})),
            True: as_json(CROWDED.status, says),
        }

    async def receive(self, request: Request) -> Response:
        """Answer one POST: 303 to the thank-you page when the message is committed, else a page that says why."""
        if self._inside >= IN_FLIGHT:
            return self._shed(request)
        try:
            sent = await request.form()
        except RequestError as error:
            refusal = Refusal(
                error.status, "unreadable", "Det blev ikke sendt", f"{error.says} Gå tilbage, og prøv igen."
            )
            return self._refuse(request, refusal, None, {})
        if self._inside >= IN_FLIGHT:  # only now: who is slow to send must not take the place of who has sent
            return self._shed(request)
        self._inside += 1
        try:
            return await self._receive(request, sent)
        finally:
            self._inside -= 1

    async def _receive(self, request: Request, sent: Mapping[str, str]) -> Response:
        submission, faults = read_submission(sent, self.site, self.settings.contact_data)
        faults += self._origin_faults(request)
        region = submission.region if submission else None
        if submission is None or faults:
            return self._refuse(request, replace(MISTAKES, faults=tuple(faults)), region, sent)
        address = reader_address(request.peer, request.header("x-forwarded-for"), self.settings.proxies)
        message = _message(submission)
        admission = Admission()
        try:
            admission = await self.limits.admit(
                address, submission.region.id, submission.content, is_marked=bool(submission.mark)
            )
            unwelcome = await self._unwelcome(admission, submission, message.receipt)
            if not unwelcome:
                await self.store.add(message)
        except UnavailableError as error:
            await self.limits.give_back(admission.taken)
            tell("not kept", logging.ERROR, cause=str(error), region=submission.region.id)
            return self._refuse(request, UNAVAILABLE, region, sent)
        if unwelcome:
            await self.limits.give_back(admission.taken)
            return self._refuse(request, unwelcome, region, sent)
        return self._thank(request, submission, "kept")

    def _shed(self, request: Request) -> Response:
        """Ask to come again in words that are ready, since what is refused must cost less than what is kept."""
        self.metrics.messages["", CROWDED.outcome] += 1
        ready = self._crowded[request.wants_json]
        retry = (b"retry-after", str(CROWDED.retry_after).encode())
        return Response(ready.status, ready.body, (*ready.headers, retry))

    def _origin_faults(self, request: Request) -> list[Fault]:
        """Refuse what another site's page sends; a request without Origin is no browser's and is judged by the rest."""
        origin = request.header("origin")
        if not origin or origin in self.site.origins or origin.endswith(f"//{request.header('host')}"):
            return []
        return [HIDDEN_ORIGIN if origin == "null" else FOREIGN_ORIGIN]

    async def _unwelcome(self, admission: Admission, submission: Submission, receipt: bytes) -> Refusal | None:
        """Return why the message may not pass yet: too many, or nothing that shows a person behind it."""
        if admission.outcome:
            return AGAIN if admission.outcome == "again" else TOO_MANY
        if submission.trapped:
            return CONFIRM
        region = submission.region.id
        needs_work = region in self.settings.proof_of_work
        if not admission.is_crowded and not needs_work:
            return None
        worked = not needs_work or work_is_done(submission.token, submission.work)
        purposes = ("form", "confirm") if worked else ("confirm",)
        if not any(self.signer.is_fresh(submission.token, purpose, region) for purpose in purposes):
            return CONFIRM
        return None if await spend(self.store, submission.token, receipt) else CONFIRM

    def _thank(self, request: Request, submission: Submission, outcome: str) -> Response:
        self.metrics.messages[submission.region.id, outcome] += 1
        address = submission.region.thanks
        if request.wants_json:
            return as_json(201, {"status": "kept", "thanks": address})
        return redirect(address)

    def _refuse(self, request: Request, refusal: Refusal, region: Region | None, sent: Mapping[str, str]) -> Response:
        self.metrics.messages[region.id if region else "", refusal.outcome] += 1
        retry = ((b"retry-after", str(refusal.retry_after).encode()),) if refusal.retry_after else ()
        if refusal.outcome == "unreadable":
            retry = ((b"connection", b"close"),)  # the rest of it may still be on its way
        if request.wants_json:
            problems = [vars(fault) for fault in refusal.faults]
            answer = as_json(refusal.status, {"status": refusal.outcome, "says": refusal.lead, "problems": problems})
        else:
            answer = page("answer.html", refusal.status, self.site, **self._values(refusal, region, sent))
        answer.headers += retry
        return answer

    def _values(self, refusal: Refusal, region: Region | None, sent: Mapping[str, str]) -> dict[str, Any]:
        purpose = "confirm" if refusal.status == 200 else "form"
        return {
            "heading": refusal.heading, "lead": refusal.lead, "faults": refusal.faults, "region": region, "sent": sent,
            "about": sent.get("about", ""), "home": "", "number": sent.get("id") or secrets.token_urlsafe(12),
            "token": self.signer.make(purpose, region.id) if region else "",
            "confirming": purpose == "confirm", "text_is_wrong": any(fault.field == "text" for fault in refusal.faults),
        }  # fmt: skip


def _message(submission: Submission) -> Message:
    found, clear, call = (submission.answers.get(name, "") for name in ("found", "clear", "call"))
    receipt = submission.receipt if submission.mark else secrets.token_bytes(16)
    return Message(
        receipt, date.today().isoformat(), submission.region.id, submission.page, submission.edition,
        found, clear, call, submission.text,
    )  # fmt: skip


def as_json(status: int, value: Any) -> Response:
    """Return an answer for a script."""
    return Response(status, json.dumps(value, ensure_ascii=False).encode(), typed("application/json"))
