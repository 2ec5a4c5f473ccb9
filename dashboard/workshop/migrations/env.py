"""What Alembic runs: the migrations, inside the transaction that it was handed."""

from __future__ import annotations

from alembic import context

from dashboard.workshop.schema import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
)
context.run_migrations()
