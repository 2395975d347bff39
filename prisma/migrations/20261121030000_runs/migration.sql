-- CreateEnum
CREATE TYPE "batch_priority" AS ENUM ('INTERACTIVE', 'BULK', 'BACKFILL');

-- CreateEnum
CREATE TYPE "run_status" AS ENUM ('QUEUED', 'RUNNING', 'PASSED', 'WARNINGS', 'FAILED', 'ERROR', 'CANCELLED');

-- CreateEnum
CREATE TYPE "outcome_status" AS ENUM ('PASSED', 'EMPTY', 'REJECTED', 'ERRORED');

-- DropForeignKey
ALTER TABLE "hook_run" DROP CONSTRAINT "hook_run_release_id_fkey";

-- AlterTable
ALTER TABLE "hook_run" ADD COLUMN     "actor" TEXT NOT NULL,
ADD COLUMN     "batch_id" UUID NOT NULL,
ADD COLUMN     "cancelled_at" TIMESTAMPTZ(6),
ADD COLUMN     "cancelled_by" TEXT,
ADD COLUMN     "committed_at" TIMESTAMPTZ(6),
ADD COLUMN     "convention" TEXT NOT NULL,
ADD COLUMN     "empty_count" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "errored_count" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "failure_kind" TEXT,
ADD COLUMN     "failure_message" TEXT,
ADD COLUMN     "finished_at" TIMESTAMPTZ(6),
ADD COLUMN     "heartbeat_at" TIMESTAMPTZ(6),
ADD COLUMN     "hook" TEXT NOT NULL,
ADD COLUMN     "input_digest" TEXT,
ADD COLUMN     "lease_expires_at" TIMESTAMPTZ(6),
ADD COLUMN     "lease_token" UUID,
ADD COLUMN     "leases" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "memory_bytes" BIGINT NOT NULL,
ADD COLUMN     "oom_retries" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "output_digest" TEXT,
ADD COLUMN     "passed_count" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "priority" "batch_priority" NOT NULL,
ADD COLUMN     "queued_at" TIMESTAMPTZ(6),
ADD COLUMN     "rejected_count" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "request_id" TEXT,
ADD COLUMN     "retry_of" UUID,
ADD COLUMN     "run_json" JSONB,
ADD COLUMN     "started_at" TIMESTAMPTZ(6),
ADD COLUMN     "status" "run_status" NOT NULL DEFAULT 'QUEUED',
ADD COLUMN     "worker" TEXT;

-- CreateTable
CREATE TABLE "batch" (
    "id" UUID NOT NULL,
    "convention" TEXT NOT NULL,
    "priority" "batch_priority" NOT NULL,
    "record_ids" UUID[],
    "event_id" UUID,
    "follows" UUID,
    "round" INTEGER NOT NULL DEFAULT 0,
    "actor" TEXT NOT NULL,
    "request_id" TEXT,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finished_at" TIMESTAMPTZ(6),

    CONSTRAINT "batch_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "run_attempt" (
    "run" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "because" TEXT NOT NULL,
    "records" INTEGER NOT NULL,
    "memory_bytes" BIGINT NOT NULL,
    "cpu_millis" INTEGER NOT NULL,
    "timeout_seconds" INTEGER NOT NULL,
    "isolation" TEXT[],
    "started_at" TIMESTAMPTZ(6) NOT NULL,
    "finished_at" TIMESTAMPTZ(6),
    "exit_code" INTEGER,
    "signal" TEXT,
    "failure_kind" TEXT,
    "failure_message" TEXT,

    CONSTRAINT "run_attempt_pkey" PRIMARY KEY ("run","number")
);

-- CreateTable
CREATE TABLE "run_outcome" (
    "run" UUID NOT NULL,
    "record" UUID NOT NULL,
    "release_id" UUID NOT NULL,
    "status" "outcome_status" NOT NULL,
    "reason" TEXT,
    "retryable" BOOLEAN NOT NULL DEFAULT false,
    "row_count" INTEGER NOT NULL DEFAULT 0,
    "won_at" TIMESTAMPTZ(6),
    "lost_at" TIMESTAMPTZ(6),

    CONSTRAINT "run_outcome_pkey" PRIMARY KEY ("run","record")
);

-- CreateIndex
CREATE UNIQUE INDEX "batch_by_event" ON "batch"("event_id");

-- CreateIndex
CREATE UNIQUE INDEX "batch_by_followed_run" ON "batch"("follows");

-- CreateIndex
CREATE INDEX "run_outcome_by_record" ON "run_outcome"("record", "release_id");

-- CreateIndex
CREATE UNIQUE INDEX "run_outcome_winner" ON "run_outcome"("release_id", "record") WHERE (won_at IS NOT NULL AND lost_at IS NULL);

-- CreateIndex
CREATE INDEX "hook_run_by_hook" ON "hook_run"("hook", "id");

-- CreateIndex
CREATE INDEX "hook_run_by_batch" ON "hook_run"("batch_id");

-- CreateIndex
CREATE INDEX "hook_run_queued" ON "hook_run"("queued_at") WHERE (status = 'QUEUED');

-- CreateIndex
CREATE INDEX "hook_run_running" ON "hook_run"("lease_expires_at") WHERE (status = 'RUNNING');

-- CreateIndex
CREATE UNIQUE INDEX "hook_run_active" ON "hook_run"("batch_id", "release_id") WHERE (finished_at IS NULL);

-- CreateIndex
CREATE UNIQUE INDEX "hook_run_of_release" ON "hook_run"("id", "release_id");

-- AddForeignKey
ALTER TABLE "batch" ADD CONSTRAINT "batch_convention_fkey" FOREIGN KEY ("convention") REFERENCES "convention"("slug") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "batch" ADD CONSTRAINT "batch_follows_fkey" FOREIGN KEY ("follows") REFERENCES "hook_run"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "hook_run" ADD CONSTRAINT "hook_run_batch_id_fkey" FOREIGN KEY ("batch_id") REFERENCES "batch"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "hook_run" ADD CONSTRAINT "hook_run_release" FOREIGN KEY ("hook", "release_id") REFERENCES "hook_release"("hook", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "hook_run" ADD CONSTRAINT "hook_run_retry_of_fkey" FOREIGN KEY ("retry_of") REFERENCES "hook_run"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "run_attempt" ADD CONSTRAINT "run_attempt_run_fkey" FOREIGN KEY ("run") REFERENCES "hook_run"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "run_outcome" ADD CONSTRAINT "run_outcome_of_run" FOREIGN KEY ("run", "release_id") REFERENCES "hook_run"("id", "release_id") ON DELETE RESTRICT ON UPDATE RESTRICT;



-- What follows Prisma's schema cannot express.

ALTER TABLE "batch"
    ADD CONSTRAINT "batch_is_bounded" CHECK (cardinality("record_ids") BETWEEN 1 AND 1000),
    ADD CONSTRAINT "batch_round_follows" CHECK (("round" = 0) = ("follows" IS NULL));

ALTER TABLE "hook_run"
    ADD CONSTRAINT "hook_run_is_leased_while_running" CHECK (("status" = 'RUNNING') = ("lease_token" IS NOT NULL)),
    ADD CONSTRAINT "hook_run_lease_expires" CHECK (("lease_token" IS NULL) = ("lease_expires_at" IS NULL)),
    ADD CONSTRAINT "hook_run_end_has_a_time" CHECK (("status" IN ('QUEUED', 'RUNNING')) = ("finished_at" IS NULL)),
    ADD CONSTRAINT "hook_run_says_why" CHECK (("status" IN ('FAILED', 'ERROR', 'CANCELLED')) = ("failure_kind" IS NOT NULL)),
    ADD CONSTRAINT "hook_run_failure_is_whole" CHECK (("failure_kind" IS NULL) = ("failure_message" IS NULL)),
    ADD CONSTRAINT "hook_run_output_is_accounted_for"
        CHECK ("status" NOT IN ('PASSED', 'WARNINGS') OR ("run_json" IS NOT NULL AND "committed_at" IS NOT NULL));

ALTER TABLE "run_outcome"
    ADD CONSTRAINT "run_outcome_says_why" CHECK (("status" IN ('REJECTED', 'ERRORED')) = ("reason" IS NOT NULL)),
    ADD CONSTRAINT "run_outcome_rows_passed" CHECK (("row_count" > 0) = ("status" = 'PASSED')),
    ADD CONSTRAINT "run_outcome_lost_what_it_won" CHECK ("lost_at" IS NULL OR "won_at" IS NOT NULL);

CREATE TRIGGER "batch_is_never_deleted" BEFORE DELETE ON "batch" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "batch_is_never_changed" BEFORE UPDATE ON "batch" FOR EACH ROW
    WHEN (OLD."finished_at" IS NOT NULL AND OLD."finished_at" IS DISTINCT FROM NEW."finished_at"
        OR (OLD."convention", OLD."record_ids", OLD."actor") IS DISTINCT FROM (NEW."convention", NEW."record_ids", NEW."actor"))
    EXECUTE FUNCTION "refuse_change"();

-- What a run is stays; what became of it stays once it has ended.
CREATE TRIGGER "hook_run_is_never_changed" BEFORE UPDATE ON "hook_run" FOR EACH ROW
    WHEN (OLD."finished_at" IS NOT NULL
        OR (OLD."id", OLD."batch_id", OLD."hook", OLD."release_id", OLD."convention", OLD."actor", OLD."created_at")
            IS DISTINCT FROM (NEW."id", NEW."batch_id", NEW."hook", NEW."release_id", NEW."convention", NEW."actor", NEW."created_at"))
    EXECUTE FUNCTION "refuse_change"();

CREATE TRIGGER "run_attempt_is_never_deleted" BEFORE DELETE ON "run_attempt" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "run_attempt_is_never_changed" BEFORE UPDATE ON "run_attempt" FOR EACH ROW
    WHEN (OLD."finished_at" IS NOT NULL) EXECUTE FUNCTION "refuse_change"();

-- An outcome can lose, once; nothing else about it changes.
CREATE TRIGGER "run_outcome_is_never_deleted" BEFORE DELETE ON "run_outcome" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "run_outcome_is_never_changed" BEFORE UPDATE ON "run_outcome" FOR EACH ROW
    WHEN (OLD."lost_at" IS NOT NULL OR NEW."lost_at" IS NULL OR (OLD."run", OLD."record", OLD."release_id", OLD."status", OLD."won_at")
        IS DISTINCT FROM (NEW."run", NEW."record", NEW."release_id", NEW."status", NEW."won_at"))
    EXECUTE FUNCTION "refuse_change"();

-- Wakes the workers when a run was cancelled: one of them may be at it.
CREATE FUNCTION "notify_cancel"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NOTIFY strata_cancel;
    RETURN NULL;
END
$$;

CREATE TRIGGER "hook_run_notifies_cancel" AFTER UPDATE OF "cancelled_at" ON "hook_run" FOR EACH ROW
    WHEN (OLD."cancelled_at" IS NULL AND NEW."cancelled_at" IS NOT NULL) EXECUTE FUNCTION "notify_cancel"();

-- Wakes the workers when there is a run to do.
CREATE FUNCTION "notify_runs"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NOTIFY strata_runs;
    RETURN NULL;
END
$$;

CREATE TRIGGER "hook_run_notifies_workers" AFTER INSERT ON "hook_run" FOR EACH STATEMENT EXECUTE FUNCTION "notify_runs"();

CREATE TRIGGER "hook_run_is_never_truncated" BEFORE TRUNCATE ON "hook_run" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "run_outcome_is_never_truncated" BEFORE TRUNCATE ON "run_outcome" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();

-- What a foreign key from features.* to hook_run would say, once for all rows of a statement: checked row by row it takes
-- longer than the COPY itself. Runs are never removed, so looking when rows come is enough.
CREATE FUNCTION "refuse_unknown_run"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    unknown uuid;
BEGIN
    SELECT "_run" INTO unknown FROM (SELECT DISTINCT "_run" FROM "incoming") AS "given"
    WHERE NOT EXISTS (SELECT FROM public."hook_run" WHERE "id" = "_run");
    IF FOUND THEN
        RAISE EXCEPTION 'There is no run %, so no row can come from it.', unknown USING ERRCODE = 'foreign_key_violation';
    END IF;
    RETURN NULL;
END
$$;
