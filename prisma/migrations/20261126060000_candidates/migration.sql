-- CreateEnum
CREATE TYPE "candidate_decision" AS ENUM ('PASSED', 'REFUSED', 'ABANDONED');

-- DropIndex
DROP INDEX "batch_by_event";

-- AlterTable
ALTER TABLE "batch" ADD COLUMN     "candidates" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "part" INTEGER NOT NULL DEFAULT 0;

-- CreateTable
CREATE TABLE "candidate" (
    "id" UUID NOT NULL,
    "convention" TEXT NOT NULL,
    "schema_id" TEXT NOT NULL,
    "schema_version" TEXT NOT NULL,
    "metadata" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "decided_at" TIMESTAMPTZ(6),
    "decision" "candidate_decision",

    CONSTRAINT "candidate_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "candidate_file" (
    "candidate_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "digest" TEXT NOT NULL,
    "size" BIGINT NOT NULL,
    "position" INTEGER NOT NULL,

    CONSTRAINT "candidate_file_pkey" PRIMARY KEY ("candidate_id","name")
);

-- CreateIndex
CREATE INDEX "candidate_waiting" ON "candidate"("convention") WHERE (decided_at IS NULL);

-- CreateIndex
CREATE INDEX "candidate_file_by_digest" ON "candidate_file"("digest");

-- CreateIndex
CREATE INDEX "batch_by_candidate" ON "batch" USING GIN ("record_ids") WHERE (candidates);

-- CreateIndex
CREATE UNIQUE INDEX "batch_by_event" ON "batch"("event_id", "part");

-- AddForeignKey
ALTER TABLE "candidate" ADD CONSTRAINT "candidate_convention_fkey" FOREIGN KEY ("convention") REFERENCES "convention"("slug") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "candidate" ADD CONSTRAINT "candidate_schema_id_schema_version_fkey" FOREIGN KEY ("schema_id", "schema_version") REFERENCES "schema_version"("id", "version") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "candidate_file" ADD CONSTRAINT "candidate_file_candidate_id_fkey" FOREIGN KEY ("candidate_id") REFERENCES "candidate"("id") ON DELETE RESTRICT ON UPDATE CASCADE;


-- What follows Prisma's schema cannot express.

ALTER TABLE "candidate"
    ADD CONSTRAINT "candidate_metadata_is_an_object" CHECK (jsonb_typeof("metadata") = 'object'),
    ADD CONSTRAINT "candidate_decision_has_a_time" CHECK (("decided_at" IS NULL) = ("decision" IS NULL));
ALTER TABLE "candidate_file"
    ADD CONSTRAINT "candidate_file_digest_is_one" CHECK ("digest" ~ '^sha256:[0-9a-f]{64}$'),
    ADD CONSTRAINT "candidate_file_size_is_one" CHECK ("size" >= 0);
ALTER TABLE "batch" ADD CONSTRAINT "batch_part_is_one" CHECK ("part" >= 0);

-- What hooks were handed stays as it was; a candidate is decided on once.
CREATE TRIGGER "candidate_is_never_deleted" BEFORE DELETE ON "candidate" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "candidate_is_never_changed" BEFORE UPDATE ON "candidate" FOR EACH ROW
    WHEN (OLD."decided_at" IS NOT NULL
        OR (OLD."id", OLD."convention", OLD."schema_id", OLD."schema_version", OLD."metadata", OLD."created_at")
            IS DISTINCT FROM (NEW."id", NEW."convention", NEW."schema_id", NEW."schema_version", NEW."metadata", NEW."created_at"))
    EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "candidate_is_never_truncated" BEFORE TRUNCATE ON "candidate" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "candidate_file_is_never_changed" BEFORE UPDATE OR DELETE ON "candidate_file" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "candidate_file_is_never_truncated" BEFORE TRUNCATE ON "candidate_file" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "batch_keeps_its_kind" BEFORE UPDATE ON "batch" FOR EACH ROW
    WHEN (OLD."candidates" IS DISTINCT FROM NEW."candidates") EXECUTE FUNCTION "refuse_change"();

CREATE OR REPLACE VIEW "file_reference" AS
    SELECT "digest" FROM "record_file"
    UNION ALL
    SELECT "digest" FROM "deposition_file"
    UNION ALL
    SELECT "candidate_file"."digest" FROM "candidate_file"
    JOIN "candidate" ON "candidate"."id" = "candidate_file"."candidate_id" AND "candidate"."decided_at" IS NULL;
