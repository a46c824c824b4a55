/** The files of a Flask application with SQLAlchemy and Alembic, by their path below its folder. */
export function flaskSources(name: string): Readonly<Record<string, string>> {
  return {
    'requirements.txt': REQUIREMENTS,
    'settings.py': settings(name),
    'application.py': APPLICATION,
    'gunicorn.conf.py': GUNICORN,
    Dockerfile: DOCKERFILE,
    '.dockerignore': DOCKERIGNORE,
    'migrations/alembic.ini': '[alembic]\nscript_location = %(here)s\n',
    'migrations/env.py': ENVIRONMENT,
    'migrations/versions/0001_initial.py': REVISION,
  };
}

const REQUIREMENTS = `alembic==1.17.2
Flask==3.1.2
Flask-Migrate==4.1.0
Flask-SQLAlchemy==3.1.1
gunicorn==23.0.0
psycopg[binary]==3.2.12
SQLAlchemy==2.0.44
`;

function settings(name: string): string {
  return `"""Settings from the environment; the password from a file, so that it never stands there."""

import os
from pathlib import Path

from sqlalchemy.engine import make_url


def from_environment() -> dict:
    url = make_url(os.environ.get("DATABASE_URL", "postgresql+psycopg://${name}@localhost:5432/${name}"))
    password = os.environ.get("DATABASE_PASSWORD_FILE")
    if password:
        url = url.set(password=Path(password).read_text(encoding="utf-8").rstrip("\\n"))
    return {
        "SQLALCHEMY_DATABASE_URI": url.render_as_string(hide_password=False),
        "SQLALCHEMY_ENGINE_OPTIONS": {
            # For each worker process of each pod.
            "pool_size": int(os.environ.get("SQLALCHEMY_POOL_SIZE", "4")),
            "max_overflow": int(os.environ.get("SQLALCHEMY_MAX_OVERFLOW", "2")),
            # Shorter than any caller waits.
            "pool_timeout": 2,
            "pool_recycle": 1800,
            "pool_pre_ping": True,
        },
    }
`;
}

const APPLICATION = `"""The Flask application: \`gunicorn "application:create_app()"\`."""

from flask import Flask
from flask_migrate import Migrate
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

import settings

db = SQLAlchemy()
migrate = Migrate()


def create_app() -> Flask:
    app = Flask(__name__)
    app.config.update(settings.from_environment())
    db.init_app(app)
    migrate.init_app(app, db)

    @app.get("/healthz")
    def healthy() -> str:
        return "ok"

    @app.get("/readyz")
    def ready() -> tuple[str, int]:
        try:
            db.session.execute(text("SELECT 1"))
        except SQLAlchemyError:
            return "the database does not answer", 503
        return "ready", 200

    return app
`;

const GUNICORN = `"""WEB_CONCURRENCY says how many workers there are."""

bind = "0.0.0.0:8080"
worker_class = "gthread"
threads = 4
timeout = 30
graceful_timeout = 20
worker_tmp_dir = "/dev/shm"
accesslog = "-"
`;

const DOCKERFILE = `# syntax=docker/dockerfile:1

FROM python:3.13.9-slim-bookworm AS build
WORKDIR /src
RUN python -m venv /opt/venv
ENV PATH=/opt/venv/bin:$PATH
COPY requirements.txt ./
RUN --mount=type=cache,target=/root/.cache/pip pip install --requirement requirements.txt

FROM python:3.13.9-slim-bookworm
ENV PATH=/opt/venv/bin:$PATH \\
    PYTHONUNBUFFERED=1 \\
    PYTHONDONTWRITEBYTECODE=1
WORKDIR /opt/app
COPY --from=build /opt/venv /opt/venv
COPY gunicorn.conf.py settings.py application.py ./
COPY migrations/ migrations/
USER 10001:10001
EXPOSE 8080
CMD ["gunicorn", "application:create_app()"]
`;

const DOCKERIGNORE = `*
!requirements.txt
!*.py
!migrations/
`;

const ENVIRONMENT = `"""Runs the migrations on the application's own engine: \`\`flask --app application db upgrade\`\`."""

from alembic import context
from flask import current_app

database = current_app.extensions["migrate"].db

with database.engine.connect() as connection:
    context.configure(connection=connection, target_metadata=database.metadata, compare_type=True)
    with context.begin_transaction():
        context.run_migrations()
`;

const REVISION = `"""initial"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table("items", sa.Column("id", sa.Integer, primary_key=True), sa.Column("name", sa.String(200), nullable=False))


def downgrade() -> None:
    op.drop_table("items")
`;
