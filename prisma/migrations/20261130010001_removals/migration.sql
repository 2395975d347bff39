-- CreateEnum
CREATE TYPE "erasure_kind" AS ENUM ('LOG', 'RECORD', 'RUN', 'FILE');

-- CreateTable
CREATE TABLE "erasure" (
    "withdrawal" UUID NOT NULL,
    "kind" "erasure_kind" NOT NULL,
    "name" TEXT NOT NULL,
    "at" TIMESTAMPTZ(6) NOT NULL DEFAULT now(),
    "done_at" TIMESTAMPTZ(6),

    CONSTRAINT "erasure_pkey" PRIMARY KEY ("withdrawal","kind","name")
);

-- CreateIndex
CREATE INDEX "erasure_by_name" ON "erasure"("kind", "name");

-- CreateIndex
CREATE INDEX "erasure_waiting" ON "erasure"("at") WHERE (done_at IS NULL);

-- AddForeignKey
ALTER TABLE "erasure" ADD CONSTRAINT "erasure_withdrawal_fkey" FOREIGN KEY ("withdrawal") REFERENCES "withdrawal"("id") ON DELETE RESTRICT ON UPDATE CASCADE;



-- What Prisma cannot express.

-- What a removal names is erased: nothing else may be named. A candidate is named when the record came from it, which the audit log says
-- of submissions that did not become the record.
CREATE FUNCTION "refuse_stranger_to_removal"() RETURNS trigger LANGUAGE plpgsql AS $$
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
                    JOIN "record" ON "record"."id" = "deposition"."record_id"
                    WHERE "operation" = 'submitDeposition' AND "event" ->> 'candidate' = NEW."name" AND "record"."identity" = removed
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
CREATE TRIGGER "erasure_is_of_a_removal" BEFORE INSERT ON "erasure" FOR EACH ROW EXECUTE FUNCTION "refuse_stranger_to_removal"();
CREATE TRIGGER "erasure_is_never_deleted" BEFORE DELETE ON "erasure" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "erasure_is_only_done" BEFORE UPDATE ON "erasure" FOR EACH ROW
    WHEN (OLD."done_at" IS NOT NULL OR (OLD."withdrawal", OLD."kind", OLD."name", OLD."at") IS DISTINCT FROM (NEW."withdrawal", NEW."kind", NEW."name", NEW."at"))
    EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "is_never_truncated" BEFORE TRUNCATE ON "erasure" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();

CREATE FUNCTION "is_erased"("of" erasure_kind, "called" text) RETURNS boolean LANGUAGE sql STABLE
RETURN EXISTS (SELECT FROM "erasure" WHERE "kind" = "of" AND "name" = "called");

-- Takes the place of refuse_change where a removal erases. Arguments: RECORD or RUN, the column that names it, and for an update what the
-- row must have afterwards in the columns that are erased. All other columns keep their values. Without the last, rows are deleted.
-- In a BEFORE trigger, generated columns have no value yet.
CREATE FUNCTION "refuse_unless_erased"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    before jsonb := to_jsonb(OLD) - 'identity';
BEGIN
    IF public."is_erased"(TG_ARGV[0]::public.erasure_kind, before ->> TG_ARGV[1]) THEN
        IF TG_OP = 'DELETE' AND TG_NARGS = 2 THEN
            RETURN OLD;
        ELSIF TG_OP = 'UPDATE' AND TG_NARGS = 3 AND to_jsonb(NEW) - 'identity' = before || TG_ARGV[2]::jsonb THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION 'A row of % is immutable: it cannot be changed or removed. Only the removal of its record erases it.', TG_TABLE_NAME
        USING ERRCODE = 'integrity_constraint_violation';
END
$$;

DROP TRIGGER "record_is_never_updated" ON "record";
CREATE TRIGGER "record_is_never_updated" BEFORE UPDATE ON "record" FOR EACH ROW
    EXECUTE FUNCTION "refuse_unless_erased"('RECORD', 'id', '{"metadata": {}, "note": null}');
DROP TRIGGER "record_file_is_never_deleted" ON "record_file";
CREATE TRIGGER "record_file_is_never_deleted" BEFORE DELETE ON "record_file" FOR EACH ROW
    EXECUTE FUNCTION "refuse_unless_erased"('RECORD', 'record_id');
DROP TRIGGER "candidate_is_never_changed" ON "candidate";
CREATE TRIGGER "candidate_is_never_changed" BEFORE UPDATE ON "candidate" FOR EACH ROW
    WHEN (OLD."decided_at" IS NOT NULL
        OR (OLD."id", OLD."convention", OLD."schema_id", OLD."schema_version", OLD."metadata", OLD."created_at")
            IS DISTINCT FROM (NEW."id", NEW."convention", NEW."schema_id", NEW."schema_version", NEW."metadata", NEW."created_at"))
    EXECUTE FUNCTION "refuse_unless_erased"('RECORD', 'id', '{"metadata": {}}');
DROP TRIGGER "candidate_file_is_never_changed" ON "candidate_file";
CREATE TRIGGER "candidate_file_is_never_changed" BEFORE UPDATE ON "candidate_file" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "candidate_file_is_only_erased" BEFORE DELETE ON "candidate_file" FOR EACH ROW
    EXECUTE FUNCTION "refuse_unless_erased"('RECORD', 'candidate_id');
DROP TRIGGER "deposition_published_is_never_changed" ON "deposition";
CREATE TRIGGER "deposition_published_is_never_changed" BEFORE UPDATE OR DELETE ON "deposition" FOR EACH ROW
    WHEN (OLD."status" = 'PUBLISHED') EXECUTE FUNCTION "refuse_unless_erased"('RECORD', 'record_id', '{"metadata": {}}');
CREATE OR REPLACE FUNCTION "refuse_unless_draft"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM "deposition" WHERE "id" = OLD."deposition_id" AND "status" <> 'DRAFT' AND "is_erased"('RECORD', "record_id"::text) IS NOT TRUE
    ) THEN
        RAISE EXCEPTION 'The files of a deposition can be removed only while it is a draft.' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN OLD;
END
$$;

-- When a run fails, its message is the reason of all its records: the others may quote the removed one.
CREATE FUNCTION "refuse_unless_reason_erased"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD."reason" IS NOT NULL AND to_jsonb(NEW) = to_jsonb(OLD) || '{"reason": "Erased with the record that was removed."}' AND (
        "is_erased"('RECORD', OLD."record"::text)
        OR "is_erased"('RUN', OLD."run"::text) AND EXISTS (SELECT FROM "hook_run" WHERE "id" = OLD."run" AND "status" = 'FAILED')
    ) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'A row of % is immutable: it cannot be changed or removed. Only the removal of a record erases a reason.', TG_TABLE_NAME
        USING ERRCODE = 'integrity_constraint_violation';
END
$$;
DROP TRIGGER "run_outcome_is_never_changed" ON "run_outcome";
CREATE TRIGGER "run_outcome_is_never_changed" BEFORE UPDATE ON "run_outcome" FOR EACH ROW
    WHEN (OLD."lost_at" IS NOT NULL OR NEW."lost_at" IS NULL OR (OLD."run", OLD."record", OLD."release_id", OLD."status", OLD."won_at")
        IS DISTINCT FROM (NEW."run", NEW."record", NEW."release_id", NEW."status", NEW."won_at"))
    EXECUTE FUNCTION "refuse_unless_reason_erased"();
DROP TRIGGER "run_outcome_keeps_its_result" ON "run_outcome";
CREATE TRIGGER "run_outcome_keeps_its_result" BEFORE UPDATE ON "run_outcome" FOR EACH ROW
    WHEN (OLD."status" <> 'ERRORED' OR OLD."won_at" IS NULL
        OR (OLD."reason", OLD."retryable", OLD."row_count") IS DISTINCT FROM (NEW."reason", NEW."retryable", NEW."row_count"))
    EXECUTE FUNCTION "refuse_unless_reason_erased"();
CREATE OR REPLACE FUNCTION "refuse_removing_result"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM public."hook_run" WHERE "id" = OLD."_run" AND "finished_at" IS NULL) AND NOT public."is_erased"('RECORD', OLD."_record"::text) THEN
        RAISE EXCEPTION 'A row of % is immutable: its run has ended, so it cannot be changed or removed.', TG_TABLE_NAME
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN OLD;
END
$$;

-- The differences that a reproduction found show values of records.
CREATE FUNCTION "without_erased"("examples" jsonb) RETURNS jsonb LANGUAGE sql STABLE
RETURN coalesce((
    SELECT jsonb_agg("example" ORDER BY "place") FROM jsonb_array_elements("examples") WITH ORDINALITY AS "given" ("example", "place")
    WHERE NOT "is_erased"('RECORD', "example" ->> 'record')
), '[]');
CREATE FUNCTION "refuse_unless_examples_erased"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF to_jsonb(NEW) = to_jsonb(OLD) || jsonb_build_object('examples', "without_erased"(OLD."examples")) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'A row of % is immutable: it cannot be changed or removed. Only examples of records that were removed are erased.', TG_TABLE_NAME
        USING ERRCODE = 'integrity_constraint_violation';
END
$$;
DROP TRIGGER "reproduction_is_never_changed" ON "reproduction";
CREATE TRIGGER "reproduction_is_never_changed" BEFORE UPDATE ON "reproduction" FOR EACH ROW EXECUTE FUNCTION "refuse_unless_examples_erased"();
CREATE TRIGGER "reproduction_is_never_deleted" BEFORE DELETE ON "reproduction" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();

-- Of a run over a removed record, the messages about failures may quote the record. What is counted stays.
CREATE FUNCTION "without_messages"("run_json" jsonb) RETURNS jsonb LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
    erased CONSTANT jsonb := '"Erased with a record that was removed."';
    cut jsonb := "run_json";
BEGIN
    IF cut #> '{failure,message}' IS NOT NULL THEN
        cut := jsonb_set(cut, '{failure,message}', erased);
    END IF;
    FOR i IN 0 .. coalesce(jsonb_array_length(cut -> 'attempts'), 0) - 1 LOOP
        IF cut #> ARRAY['attempts', i::text, 'failure', 'message'] IS NOT NULL THEN
            cut := jsonb_set(cut, ARRAY['attempts', i::text, 'failure', 'message'], erased);
        END IF;
    END LOOP;
    RETURN cut;
END
$$;
CREATE FUNCTION "refuse_unless_messages_erased"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    before jsonb := to_jsonb(OLD);
    after jsonb := before;
BEGIN
    IF before ->> 'failure_message' IS NOT NULL THEN
        after := after || '{"failure_message": "Erased with a record that was removed."}';
    END IF;
    IF jsonb_typeof(before -> 'run_json') = 'object' THEN
        after := jsonb_set(after, '{run_json}', "without_messages"(before -> 'run_json'));
    END IF;
    IF before ->> 'finished_at' IS NOT NULL AND to_jsonb(NEW) = after AND "is_erased"('RUN', before ->> TG_ARGV[0]) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'A row of % is immutable: it cannot be changed or removed.', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END
$$;
DROP TRIGGER "hook_run_is_never_changed" ON "hook_run";
CREATE TRIGGER "hook_run_is_never_changed" BEFORE UPDATE ON "hook_run" FOR EACH ROW
    WHEN (OLD."finished_at" IS NOT NULL
        OR (OLD."id", OLD."batch_id", OLD."hook", OLD."release_id", OLD."convention", OLD."actor", OLD."created_at")
            IS DISTINCT FROM (NEW."id", NEW."batch_id", NEW."hook", NEW."release_id", NEW."convention", NEW."actor", NEW."created_at"))
    EXECUTE FUNCTION "refuse_unless_messages_erased"('id');
DROP TRIGGER "run_attempt_is_never_changed" ON "run_attempt";
CREATE TRIGGER "run_attempt_is_never_changed" BEFORE UPDATE ON "run_attempt" FOR EACH ROW
    WHEN (OLD."finished_at" IS NOT NULL) EXECUTE FUNCTION "refuse_unless_messages_erased"('run');
CREATE OR REPLACE FUNCTION "refuse_losing_log"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM "run_file" WHERE "run" = OLD."run" AND "name" = 'log') AND NOT "is_erased"('RUN', OLD."run"::text) THEN
        RAISE EXCEPTION 'The log of run % is not kept as a file yet: its pieces cannot be removed.', OLD."run" USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN OLD;
END
$$;
DROP TRIGGER "run_file_is_kept_for_a_day" ON "run_file";
CREATE TRIGGER "run_file_is_kept_for_a_day" BEFORE DELETE ON "run_file" FOR EACH ROW
    -- The shortest time that STRATA_RUN_KEEP_DAYS allows.
    WHEN (OLD."kept_at" > now() - interval '1 day') EXECUTE FUNCTION "refuse_unless_erased"('RUN', 'run');

-- The typed tables that deploys made so far; those to come get the same from infrastructure/postgres/tables.
DO $$
DECLARE
    made regclass;
BEGIN
    FOR made IN SELECT oid::regclass FROM pg_class WHERE relnamespace = 'metadata'::regnamespace AND relkind = 'r' LOOP
        EXECUTE format('DROP TRIGGER IF EXISTS "is_never_changed" ON %s', made);
        EXECUTE format('CREATE TRIGGER "is_never_changed" BEFORE UPDATE ON %s FOR EACH ROW EXECUTE FUNCTION public."refuse_change"()', made);
        EXECUTE format('CREATE TRIGGER "is_only_erased" BEFORE DELETE ON %s FOR EACH ROW EXECUTE FUNCTION public."refuse_unless_erased"(''RECORD'', ''_record'')', made);
    END LOOP;
END
$$;
