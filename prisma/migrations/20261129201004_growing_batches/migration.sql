-- Small publishes are gathered into a batch that waits, so a batch may grow until one of its runs is begun. What is in it stays in it, in its order.

CREATE FUNCTION "grow_batch"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW."record_ids"[1:cardinality(OLD."record_ids")] IS DISTINCT FROM OLD."record_ids" OR EXISTS (
        SELECT FROM "hook_run" WHERE "batch_id" = OLD."id" AND ("status" <> 'QUEUED' OR "leases" > 0)
    ) THEN
        RAISE EXCEPTION 'Batch % may only grow, and only while none of its runs was begun.', OLD."id" USING ERRCODE = 'restrict_violation';
    END IF;
    SELECT "id" INTO NEW."first_record" FROM unnest(NEW."record_ids") AS "id" ORDER BY "id" LIMIT 1;
    SELECT "id" INTO NEW."last_record" FROM unnest(NEW."record_ids") AS "id" ORDER BY "id" DESC LIMIT 1;
    RETURN NEW;
END
$$;
CREATE TRIGGER "batch_grows" BEFORE UPDATE ON "batch" FOR EACH ROW
    WHEN (OLD."record_ids" IS DISTINCT FROM NEW."record_ids") EXECUTE FUNCTION "grow_batch"();

DROP TRIGGER "batch_is_never_changed" ON "batch";
CREATE TRIGGER "batch_is_never_changed" BEFORE UPDATE ON "batch" FOR EACH ROW
    WHEN (OLD."finished_at" IS NOT NULL AND (OLD."finished_at", OLD."record_ids") IS DISTINCT FROM (NEW."finished_at", NEW."record_ids")
        OR (OLD."convention", OLD."actor") IS DISTINCT FROM (NEW."convention", NEW."actor"))
    EXECUTE FUNCTION "refuse_change"();

DROP TRIGGER "batch_keeps_its_backfill" ON "batch";
CREATE TRIGGER "batch_keeps_its_backfill" BEFORE UPDATE ON "batch" FOR EACH ROW
    WHEN (OLD."backfill_id" IS DISTINCT FROM NEW."backfill_id"
        OR (OLD."record_ids" IS NOT DISTINCT FROM NEW."record_ids"
            AND (OLD."first_record", OLD."last_record") IS DISTINCT FROM (NEW."first_record", NEW."last_record")))
    EXECUTE FUNCTION "refuse_change"();
