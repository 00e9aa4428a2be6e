"""What helps an author to write: new drafts, edits of YAML that keep its comments, schemas, CODEOWNERS.

Takes answers and the files as they are; gives the files as they would be.
Never writes them itself. Door: `drafts`, `forms`, `yaml_edits`, `schemas`, `codeowners`.
"""
