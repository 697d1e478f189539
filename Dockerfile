# One image for web, worker, beat and the one-off migrations; docker-compose.yml says which command each runs.
FROM python:3.11-slim AS packages
# psycopg2 is compiled against this system's libpq.
RUN apt-get update \
    && apt-get install --yes --no-install-recommends gcc libc6-dev libpq-dev \
    && rm -rf /var/lib/apt/lists/*
RUN python -m venv /opt/venv
ENV PATH=/opt/venv/bin:$PATH
COPY requirements.txt .
RUN pip install --no-cache-dir --require-hashes --requirement requirements.txt

FROM python:3.11-slim
RUN apt-get update \
    && apt-get install --yes --no-install-recommends libpq5 \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --home-dir /app --shell /usr/sbin/nologin changeboard
COPY --from=packages /opt/venv /opt/venv
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    DJANGO_SETTINGS_MODULE=changeboard.settings
WORKDIR /app
COPY manage.py ./
COPY changeboard changeboard
COPY maintenance maintenance
COPY changes changes
COPY notifications notifications
COPY templates templates
COPY static static
# The settings want their variables; collecting files uses none of them.
RUN SECRET_KEY=build ALLOWED_HOSTS=build SITE_URL=https://build DATABASE_URL=postgres:///build \
    REDIS_URL=redis://build EMAIL_URL=smtp://build python manage.py collectstatic --no-input
USER changeboard
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s --retries=3 \
    CMD ["python", "-m", "changeboard.probe"]
CMD ["gunicorn", "changeboard.wsgi", "--bind", "0.0.0.0:8000", "--workers", "3", "--threads", "4", "--no-control-socket", "--access-logfile", "-"]
