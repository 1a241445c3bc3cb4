"""The revisions of a store's form, run by Alembic; a revision imports nothing of ours and is never changed again."""
