-- CreateTable
CREATE TABLE "schema_version" (
    "id" TEXT NOT NULL,
    "version" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "fields" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "created_by" TEXT NOT NULL,

    CONSTRAINT "schema_version_pkey" PRIMARY KEY ("id","version")
);

-- CreateTable
CREATE TABLE "convention" (
    "slug" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "description" TEXT NOT NULL,
    "schema_id" TEXT NOT NULL,
    "schema_version" TEXT NOT NULL,
    "files" JSONB NOT NULL,
    "docs" JSONB,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_by" TEXT NOT NULL,

    CONSTRAINT "convention_pkey" PRIMARY KEY ("slug")
);

-- CreateTable
CREATE TABLE "record" (
    "id" UUID NOT NULL,
    "convention" TEXT NOT NULL,
    "schema_id" TEXT NOT NULL,
    "schema_version" TEXT NOT NULL,
    "source" JSONB NOT NULL,
    "metadata" JSONB NOT NULL,
    "published_at" TIMESTAMPTZ(6) NOT NULL,
    "published_by" TEXT NOT NULL,

    CONSTRAINT "record_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "outbox" (
    "id" UUID NOT NULL,
    "type" TEXT NOT NULL,
    "payload" JSONB NOT NULL,
    "actor" TEXT NOT NULL,
    "request_id" TEXT,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "relayed_at" TIMESTAMPTZ(6),
    "requeues" INTEGER NOT NULL DEFAULT 0,
    "handled_at" TIMESTAMPTZ(6),

    CONSTRAINT "outbox_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "convention_by_schema" ON "convention"("schema_id", "schema_version");

-- CreateIndex
CREATE INDEX "record_by_convention" ON "record"("convention", "id");

-- CreateIndex
CREATE INDEX "outbox_unrelayed" ON "outbox"("created_at") WHERE (relayed_at IS NULL);

-- CreateIndex
CREATE INDEX "outbox_unhandled" ON "outbox"("relayed_at") WHERE (handled_at IS NULL);

-- CreateIndex
CREATE INDEX "outbox_handled" ON "outbox"("handled_at") WHERE (handled_at IS NOT NULL);

-- AddForeignKey
ALTER TABLE "convention" ADD CONSTRAINT "convention_schema_id_schema_version_fkey" FOREIGN KEY ("schema_id", "schema_version") REFERENCES "schema_version"("id", "version") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "record" ADD CONSTRAINT "record_convention_fkey" FOREIGN KEY ("convention") REFERENCES "convention"("slug") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "record" ADD CONSTRAINT "record_schema_id_schema_version_fkey" FOREIGN KEY ("schema_id", "schema_version") REFERENCES "schema_version"("id", "version") ON DELETE RESTRICT ON UPDATE CASCADE;


-- What follows Prisma's schema cannot express.

-- The idempotency key of publishing: the same source published twice into a convention is one record.
CREATE UNIQUE INDEX "record_by_source" ON "record" ("convention", (("source" ->> 'type')), (("source" ->> 'id')));

-- An index entry that is null is equal to none, so neither part of the key may be missing.
ALTER TABLE "record"
    ADD CONSTRAINT "record_source_is_known" CHECK (coalesce("source" ->> 'type', '') IN ('deposition', 'harvest', 'fork', 'import')),
    ADD CONSTRAINT "record_source_has_id" CHECK (coalesce("source" ->> 'id', '') <> ''),
    ADD CONSTRAINT "record_metadata_is_object" CHECK (jsonb_typeof("metadata") = 'object');

CREATE FUNCTION "refuse_change"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'A row of % is immutable: it cannot be changed or removed.', TG_TABLE_NAME
        USING ERRCODE = 'integrity_constraint_violation';
END
$$;

CREATE TRIGGER "record_is_never_updated" BEFORE UPDATE ON "record" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "record_is_never_deleted" BEFORE DELETE ON "record" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "record_is_never_truncated" BEFORE TRUNCATE ON "record" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();

-- An upsert that finds an equal schema may touch its row; it may not change it.
CREATE TRIGGER "schema_version_is_never_changed" BEFORE UPDATE ON "schema_version" FOR EACH ROW
    WHEN (OLD IS DISTINCT FROM NEW) EXECUTE FUNCTION "refuse_change"();

-- Wakes the relay when the transaction commits, and only then.
CREATE FUNCTION "notify_outbox"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NOTIFY strata_outbox;
    RETURN NULL;
END
$$;

CREATE TRIGGER "outbox_notifies_relay" AFTER INSERT ON "outbox" FOR EACH STATEMENT EXECUTE FUNCTION "notify_outbox"();
