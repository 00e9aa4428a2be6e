"""Who speaks on which day, and whom their readers call.

Takes a Catalogue and a day; gives senders, the numbers of their areas, and what they offer.
Never makes a page or a sheet. Door: `senders`, `context`, `numbers.whom_to_call`, `context.offered_to`.
"""
