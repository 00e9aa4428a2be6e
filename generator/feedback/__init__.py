"""A small service that takes readers' answers, keeps no personal data, and loses nothing it has thanked for.

    reader ──POST──► app ──► submission, privacy, limits ──► store (SQLite | PostgreSQL) ──► inbox, export, figures

A program of its own: it imports nothing of what builds the pages. All it knows of them stands in one file that a build
writes, `api/v1/feedback.json`: the regions, their numbers to call, their pages, and the codes on their leaflets.
"""
