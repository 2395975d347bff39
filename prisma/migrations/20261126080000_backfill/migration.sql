-- CreateEnum
CREATE TYPE "backfill_status" AS ENUM ('RUNNING', 'FINISHED', 'CANCELLED');

-- CreateEnum
CREATE TYPE "reproduction_verdict" AS ENUM ('IDENTICAL', 'WITHIN_TOLERANCE', 'DIVERGED', 'INPUT_DIFFERS');

-- AlterTable
ALTER TABLE "batch" ADD COLUMN     "backfill_id" UUID,
ADD COLUMN     "first_record" UUID,
ADD COLUMN     "last_record" UUID;

-- uuid has no min() in every version, and records of a batch stand in no order.
UPDATE "batch" SET
    "first_record" = (SELECT "id" FROM unnest("record_ids") AS "id" ORDER BY "id" LIMIT 1),
    "last_record" = (SELECT "id" FROM unnest("record_ids") AS "id" ORDER BY "id" DESC LIMIT 1);
ALTER TABLE "batch" ALTER COLUMN "first_record" SET NOT NULL, ALTER COLUMN "last_record" SET NOT NULL;

-- AlterTable
ALTER TABLE "hook_run" ADD COLUMN     "reproduces" UUID;

-- CreateTable
CREATE TABLE "backfill" (
    "id" UUID NOT NULL,
    "hook" TEXT NOT NULL,
    "release_id" UUID NOT NULL,
    "conventions" TEXT[],
    "statuses" TEXT[],
    "stale" BOOLEAN NOT NULL,
    "record_limit" INTEGER,
    "until" TIMESTAMPTZ(6) NOT NULL DEFAULT clock_timestamp(),
    "status" "backfill_status" NOT NULL DEFAULT 'RUNNING',
    "status_reason" TEXT,
    "position" INTEGER NOT NULL DEFAULT 0,
    "after" UUID,
    "carried" UUID[],
    "expected_count" BIGINT NOT NULL,
    "planned_count" BIGINT NOT NULL DEFAULT 0,
    "actor" TEXT NOT NULL,
    "request_id" TEXT,
    "asked_at" TIMESTAMPTZ(6) NOT NULL DEFAULT clock_timestamp(),
    "planned_at" TIMESTAMPTZ(6),
    "finished_at" TIMESTAMPTZ(6),

    CONSTRAINT "backfill_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "reproduction" (
    "run" UUID NOT NULL,
    "sample" INTEGER,
    "verdict" "reproduction_verdict" NOT NULL,
    "tolerance" DOUBLE PRECISION NOT NULL,
    "records_compared" INTEGER NOT NULL,
    "records_without_rows" INTEGER NOT NULL,
    "outcomes_differing" INTEGER NOT NULL,
    "rows_identical" BIGINT NOT NULL,
    "rows_tolerated" BIGINT NOT NULL,
    "rows_diverged" BIGINT NOT NULL,
    "examples" JSONB NOT NULL,
    "at" TIMESTAMPTZ(6) NOT NULL DEFAULT clock_timestamp(),

    CONSTRAINT "reproduction_pkey" PRIMARY KEY ("run")
);

-- CreateIndex
CREATE INDEX "backfill_by_hook" ON "backfill"("hook", "id");

-- CreateIndex
CREATE INDEX "backfill_running" ON "backfill"("id") WHERE (status = 'RUNNING');

-- CreateIndex
CREATE INDEX "batch_by_backfill" ON "batch"("backfill_id") WHERE (backfill_id IS NOT NULL);

-- CreateIndex
CREATE INDEX "hook_run_under_way" ON "hook_run"("release_id") WHERE (finished_at IS NULL);

-- CreateIndex
CREATE INDEX "hook_run_by_reproduced" ON "hook_run"("reproduces", "id") WHERE (reproduces IS NOT NULL);

-- AddForeignKey
ALTER TABLE "batch" ADD CONSTRAINT "batch_backfill_id_fkey" FOREIGN KEY ("backfill_id") REFERENCES "backfill"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "backfill" ADD CONSTRAINT "backfill_release" FOREIGN KEY ("hook", "release_id") REFERENCES "hook_release"("hook", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "hook_run" ADD CONSTRAINT "hook_run_reproduces_fkey" FOREIGN KEY ("reproduces") REFERENCES "hook_run"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "reproduction" ADD CONSTRAINT "reproduction_run_fkey" FOREIGN KEY ("run") REFERENCES "hook_run"("id") ON DELETE RESTRICT ON UPDATE CASCADE;



-- What follows Prisma's schema cannot express.

-- Before the NOT NULLs are looked at.
CREATE FUNCTION "bound_batch"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    SELECT "id" INTO NEW."first_record" FROM unnest(NEW."record_ids") AS "id" ORDER BY "id" LIMIT 1;
    SELECT "id" INTO NEW."last_record" FROM unnest(NEW."record_ids") AS "id" ORDER BY "id" DESC LIMIT 1;
    RETURN NEW;
END
$$;
CREATE TRIGGER "batch_has_bounds" BEFORE INSERT ON "batch" FOR EACH ROW EXECUTE FUNCTION "bound_batch"();
CREATE TRIGGER "batch_keeps_its_backfill" BEFORE UPDATE ON "batch" FOR EACH ROW
    WHEN ((OLD."backfill_id", OLD."first_record", OLD."last_record")
        IS DISTINCT FROM (NEW."backfill_id", NEW."first_record", NEW."last_record"))
    EXECUTE FUNCTION "refuse_change"();

ALTER TABLE "backfill"
    ADD CONSTRAINT "backfill_limit_is_one" CHECK ("record_limit" > 0),
    ADD CONSTRAINT "backfill_carries_less_than_a_batch" CHECK (cardinality("carried") < 1000),
    ADD CONSTRAINT "backfill_selects_something" CHECK (cardinality("statuses") > 0),
    ADD CONSTRAINT "backfill_end_has_a_time" CHECK (("status" = 'RUNNING') = ("finished_at" IS NULL)),
    ADD CONSTRAINT "backfill_cancelled_says_why" CHECK (("status" = 'CANCELLED') = ("status_reason" IS NOT NULL));

-- What was asked for stays; how far it came does not.
CREATE TRIGGER "backfill_is_never_deleted" BEFORE DELETE ON "backfill" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "backfill_is_never_changed" BEFORE UPDATE ON "backfill" FOR EACH ROW
    WHEN (OLD."status" = 'FINISHED'
        OR (OLD."id", OLD."hook", OLD."release_id", OLD."conventions", OLD."statuses", OLD."stale", OLD."record_limit", OLD."actor", OLD."asked_at")
            IS DISTINCT FROM
            (NEW."id", NEW."hook", NEW."release_id", NEW."conventions", NEW."statuses", NEW."stale", NEW."record_limit", NEW."actor", NEW."asked_at"))
    EXECUTE FUNCTION "refuse_change"();

-- Whether a run is done for comparison is settled when it is made.
CREATE TRIGGER "hook_run_keeps_its_purpose" BEFORE UPDATE OF "reproduces" ON "hook_run" FOR EACH ROW
    WHEN (OLD."reproduces" IS DISTINCT FROM NEW."reproduces") EXECUTE FUNCTION "refuse_change"();

CREATE TRIGGER "reproduction_is_never_changed" BEFORE UPDATE OR DELETE ON "reproduction" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "reproduction_is_never_truncated" BEFORE TRUNCATE ON "reproduction" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
