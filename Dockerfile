FROM python:3.11-slim
ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 MPLCONFIGDIR=/opt/matplotlib
WORKDIR /app
# It holds the extra `postgresql`, too.
COPY requirements.lock ./
# LibreOffice turns .doc and .odt into .docx for `plan read`; pg_dump and pg_restore make and read backups of a server's
# databases, of one that is as new as they are or older.
RUN apt-get update && apt-get install --yes --no-install-recommends \
    libreoffice-writer-nogui libreoffice-calc-nogui postgresql-client \
 && rm -rf /var/lib/apt/lists/*
RUN pip install --no-cache-dir --require-hashes -r requirements.lock
COPY . .
RUN pip install --no-cache-dir --no-deps --editable . \
 && mkdir /opt/matplotlib && python -c "import matplotlib.font_manager" \
 && useradd --system --uid 10001 --no-create-home nhacviec \
 && mkdir /data var && chown nhacviec /data var
USER nhacviec
VOLUME /data
ENV DATABASE_URL=sqlite:////data/nhacviec.db OFFICE_PROGRAM=soffice
HEALTHCHECK --interval=60s --timeout=20s --start-period=60s CMD ["nhacviec", "alive"]
ENTRYPOINT ["nhacviec"]
CMD ["run"]
