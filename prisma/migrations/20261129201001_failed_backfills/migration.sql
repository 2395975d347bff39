-- AlterEnum
ALTER TYPE "backfill_status" ADD VALUE 'FAILED';



-- What follows Prisma's schema cannot express. A value that was just added cannot be used in its own transaction, so it is compared as text.

-- A backfill that has FINISHED says how many of its records were not computed, if any.
ALTER TABLE "backfill"
    DROP CONSTRAINT "backfill_cancelled_says_why",
    ADD CONSTRAINT "backfill_says_why" CHECK (("status"::text IN ('CANCELLED', 'FAILED') AND "status_reason" IS NOT NULL)
        OR ("status"::text = 'RUNNING' AND "status_reason" IS NULL) OR "status"::text = 'FINISHED');

DROP TRIGGER "backfill_is_never_changed" ON "backfill";
CREATE TRIGGER "backfill_is_never_changed" BEFORE UPDATE ON "backfill" FOR EACH ROW
    WHEN (OLD."status"::text IN ('FINISHED', 'FAILED')
        OR (OLD."id", OLD."hook", OLD."release_id", OLD."conventions", OLD."statuses", OLD."stale", OLD."record_limit", OLD."actor", OLD."asked_at")
            IS DISTINCT FROM
            (NEW."id", NEW."hook", NEW."release_id", NEW."conventions", NEW."statuses", NEW."stale", NEW."record_limit", NEW."actor", NEW."asked_at"))
    EXECUTE FUNCTION "refuse_change"();
