"""Pages, and the files that lie beside them.

Takes a Catalogue and who speaks; gives pages with their template and values, and documents as text or bytes.
Never writes a file, never knows MkDocs. Door: `pages.pages`, `pages.common`, `documents.documents`, `templates`.
"""
