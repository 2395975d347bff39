-- What Prisma cannot express.

-- A draft of a record's next version has a copy of the record: a removal erases it, and what was submitted of it.
CREATE OR REPLACE FUNCTION "refuse_stranger_to_removal"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    removed uuid := (SELECT "record" FROM "withdrawal" WHERE "id" = NEW."withdrawal" AND "kind" = 'REMOVED');
    is_meant boolean;
BEGIN
    CASE NEW."kind"
        WHEN 'RECORD' THEN
            is_meant := EXISTS (SELECT FROM "record" WHERE "id" = NEW."name"::uuid AND "identity" = removed)
                OR EXISTS (
                    SELECT FROM "audit_event"
                    CROSS JOIN jsonb_array_elements("details" -> 'events') AS "event"
                    JOIN "deposition" ON "deposition"."id"::text = "event" ->> 'deposition'
                    WHERE "operation" = 'submitDeposition' AND "event" ->> 'candidate' = NEW."name" AND ("deposition"."revises" = removed
                        OR EXISTS (SELECT FROM "record" WHERE "id" = "deposition"."record_id" AND "identity" = removed))
                );
        WHEN 'RUN' THEN
            is_meant := EXISTS (
                SELECT FROM "erasure" JOIN "hook_run" ON "hook_run"."id" = NEW."name"::uuid JOIN "batch" ON "batch"."id" = "hook_run"."batch_id"
                WHERE "erasure"."withdrawal" = NEW."withdrawal" AND "erasure"."kind" = 'RECORD' AND "erasure"."name"::uuid = ANY ("batch"."record_ids")
            );
        ELSE
            is_meant := true;
    END CASE;
    IF removed IS NULL OR NOT is_meant THEN
        RAISE EXCEPTION 'The % % is not part of a record that was removed: it cannot be erased.', lower(NEW."kind"::text), NEW."name"
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END
$$;

DROP TRIGGER "deposition_published_is_never_changed" ON "deposition";
CREATE TRIGGER "deposition_published_is_never_changed" BEFORE UPDATE OR DELETE ON "deposition" FOR EACH ROW
    WHEN (OLD."status" = 'PUBLISHED') EXECUTE FUNCTION "refuse_unless_erased"('RECORD', 'record_id', '{"metadata": {}, "note": null}');
CREATE OR REPLACE FUNCTION "refuse_unless_draft"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM "deposition" WHERE "id" = OLD."deposition_id" AND "status" <> 'DRAFT'
            AND "is_erased"('RECORD', "record_id"::text) IS NOT TRUE AND "is_erased"('RECORD', "revises"::text) IS NOT TRUE
    ) THEN
        RAISE EXCEPTION 'The files of a deposition can be removed only while it is a draft.' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN OLD;
END
$$;
