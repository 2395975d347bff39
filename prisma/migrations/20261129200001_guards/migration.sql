-- What Prisma cannot express: what may become of a row once it is written. The triggers bind the owner of the database too, and allow
-- what the archive's code does and nothing else. docs/verifying.md lists the decision for each table, and a test compares.

-- No code empties a table at once. A TRUNCATE would pass by all triggers for rows.
DO $$
DECLARE
    guarded regclass;
BEGIN
    FOREACH guarded IN ARRAY ARRAY[
        'archive', 'schema_version', 'convention', 'convention_deployment', 'convention_schema', 'record_count', 'deposition',
        'deposition_file', 'outbox', 'hook', 'hook_release', 'hook_release_source_ref', 'release_state_event', 'pointer_event',
        'convention_hook', 'module_source', 'batch', 'backfill', 'token', 'run_attempt', 'run_log', 'run_file', 'run_file_loss',
        'hook_coverage', 'file', 'file_holding', 'upload'
    ]::regclass[] LOOP
        EXECUTE format('CREATE TRIGGER "is_never_truncated" BEFORE TRUNCATE ON %s FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"()', guarded);
    END LOOP;
END
$$;

-- Rows that are never removed.
CREATE TRIGGER "archive_is_never_removed" BEFORE DELETE ON "archive" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "hook_is_never_removed" BEFORE DELETE ON "hook" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "deposition_is_never_removed" BEFORE DELETE ON "deposition" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "run_file_loss_is_never_changed" BEFORE UPDATE OR DELETE ON "run_file_loss" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();

-- Rows that are never changed, and go only with what they belong to or when they have served their purpose.
CREATE TRIGGER "convention_schema_is_never_changed" BEFORE UPDATE ON "convention_schema" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "convention_hook_is_never_changed" BEFORE UPDATE ON "convention_hook" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "deposition_file_is_never_changed" BEFORE UPDATE ON "deposition_file" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "run_log_is_never_changed" BEFORE UPDATE ON "run_log" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "run_file_is_never_changed" BEFORE UPDATE ON "run_file" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();

-- Columns that say what a row is.
CREATE TRIGGER "convention_keeps_its_name" BEFORE UPDATE ON "convention" FOR EACH ROW
    WHEN ((OLD."slug", OLD."created_at") IS DISTINCT FROM (NEW."slug", NEW."created_at")) EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "deposition_keeps_its_owner" BEFORE UPDATE ON "deposition" FOR EACH ROW
    WHEN ((OLD."id", OLD."convention", OLD."owner", OLD."created_at") IS DISTINCT FROM (NEW."id", NEW."convention", NEW."owner", NEW."created_at"))
    EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "outbox_keeps_its_event" BEFORE UPDATE ON "outbox" FOR EACH ROW
    WHEN ((OLD."id", OLD."type", OLD."payload", OLD."actor", OLD."request_id", OLD."created_at")
        IS DISTINCT FROM (NEW."id", NEW."type", NEW."payload", NEW."actor", NEW."request_id", NEW."created_at"))
    EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "outbox_is_removed_when_handled" BEFORE DELETE ON "outbox" FOR EACH ROW
    WHEN (OLD."handled_at" IS NULL) EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "run_file_is_kept_for_a_day" BEFORE DELETE ON "run_file" FOR EACH ROW
    -- The shortest time that STRATA_RUN_KEEP_DAYS allows.
    WHEN (OLD."kept_at" > now() - interval '1 day') EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "hook_release_stays_yanked" BEFORE UPDATE ON "hook_release" FOR EACH ROW
    WHEN (OLD."state" = 'YANKED' AND NEW."state" <> 'YANKED') EXECUTE FUNCTION "refuse_change"();
-- Only an error gives way to a later outcome, and only by a time.
CREATE TRIGGER "run_outcome_keeps_its_result" BEFORE UPDATE ON "run_outcome" FOR EACH ROW
    WHEN (OLD."status" <> 'ERRORED' OR OLD."won_at" IS NULL
        OR (OLD."reason", OLD."retryable", OLD."row_count") IS DISTINCT FROM (NEW."reason", NEW."retryable", NEW."row_count"))
    EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "file_keeps_its_content" BEFORE UPDATE ON "file" FOR EACH ROW
    WHEN ((OLD."digest", OLD."size", OLD."created_at", OLD."created_by") IS DISTINCT FROM (NEW."digest", NEW."size", NEW."created_at", NEW."created_by")
        OR OLD."media_type" IS NOT NULL AND OLD."media_type" IS DISTINCT FROM NEW."media_type")
    EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "file_is_removed_when_swept" BEFORE DELETE ON "file" FOR EACH ROW
    WHEN (OLD."stored_at" IS NOT NULL OR OLD."referenced_at" IS NOT NULL) EXECUTE FUNCTION "refuse_change"();

-- The domain is part of the name of every record.
CREATE FUNCTION "refuse_new_domain"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD."id" <> NEW."id" OR EXISTS (SELECT FROM "record") THEN
        RAISE EXCEPTION 'The domain of this archive is part of the names of its records: it cannot be changed any more.'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER "archive_keeps_its_domain" BEFORE UPDATE ON "archive" FOR EACH ROW
    WHEN ((OLD."id", OLD."domain") IS DISTINCT FROM (NEW."id", NEW."domain")) EXECUTE FUNCTION "refuse_new_domain"();

-- A convention's schema versions go with it, and only then.
CREATE FUNCTION "refuse_while_in_use"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM "convention" WHERE "slug" = OLD."convention") THEN
        RAISE EXCEPTION 'A row of % goes with its convention, and not before.', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN OLD;
END
$$;
CREATE TRIGGER "convention_schema_goes_with_its_convention" BEFORE DELETE ON "convention_schema" FOR EACH ROW EXECUTE FUNCTION "refuse_while_in_use"();

-- The files of a deposition are taken out of it while it is a draft.
CREATE FUNCTION "refuse_unless_draft"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM "deposition" WHERE "id" = OLD."deposition_id" AND "status" <> 'DRAFT') THEN
        RAISE EXCEPTION 'The files of a deposition can be removed only while it is a draft.' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN OLD;
END
$$;
CREATE TRIGGER "deposition_file_is_removed_from_drafts" BEFORE DELETE ON "deposition_file" FOR EACH ROW EXECUTE FUNCTION "refuse_unless_draft"();

-- What a hook printed is removed piece by piece when all of it is kept as one file.
CREATE FUNCTION "refuse_losing_log"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM "run_file" WHERE "run" = OLD."run" AND "name" = 'log') THEN
        RAISE EXCEPTION 'The log of run % is not kept as a file yet: its pieces cannot be removed.', OLD."run" USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN OLD;
END
$$;
CREATE TRIGGER "run_log_is_removed_when_kept" BEFORE DELETE ON "run_log" FOR EACH ROW EXECUTE FUNCTION "refuse_losing_log"();

-- Content that something refers to keeps its standing.
CREATE FUNCTION "refuse_losing_reference"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM "file_reference" WHERE "digest" = OLD."digest") THEN
        RAISE EXCEPTION 'The file % is in use: it cannot be given up.', OLD."digest" USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER "file_in_use_is_kept" BEFORE UPDATE ON "file" FOR EACH ROW
    WHEN (OLD."referenced_at" IS NOT NULL AND NEW."referenced_at" IS NULL OR OLD."stored_at" IS NOT NULL AND NEW."stored_at" IS NULL)
    EXECUTE FUNCTION "refuse_losing_reference"();

-- The contract of a hook: its feature without the words about its columns, which may be written anew, in any order.
CREATE FUNCTION "hook_contract"("feature" jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE WHEN jsonb_typeof("feature" -> 'columns') = 'array' THEN jsonb_set("feature", '{columns}', coalesce(
        (SELECT jsonb_agg("column" - '{description,unit}'::text[] ORDER BY "column" ->> 'name') FROM jsonb_array_elements("feature" -> 'columns') AS "column"),
        '[]')) ELSE "feature" END
$$;
CREATE FUNCTION "refuse_other_contract"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (OLD."name", OLD."created_at") IS DISTINCT FROM (NEW."name", NEW."created_at") OR "hook_contract"(OLD."feature") <> "hook_contract"(NEW."feature") THEN
        RAISE EXCEPTION 'The name and the output of hook "%" are fixed: only descriptions and units of its columns can be changed.', OLD."name"
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER "hook_keeps_its_contract" BEFORE UPDATE ON "hook" FOR EACH ROW
    WHEN ((OLD."name", OLD."created_at", OLD."feature") IS DISTINCT FROM (NEW."name", NEW."created_at", NEW."feature"))
    EXECUTE FUNCTION "refuse_other_contract"();

-- The live pointer is where its log says, at the end of every transaction.
CREATE FUNCTION "refuse_unlogged_move"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    moved text := CASE TG_TABLE_NAME WHEN 'hook' THEN to_jsonb(NEW) ->> 'name' ELSE to_jsonb(NEW) ->> 'hook' END;
BEGIN
    IF (SELECT "live_release_id" FROM "hook" WHERE "name" = moved)
        IS DISTINCT FROM (SELECT "to_release_id" FROM "pointer_event" WHERE "hook" = moved ORDER BY "position" DESC LIMIT 1) THEN
        RAISE EXCEPTION 'The live pointer of hook "%" is not where the last event of its log says.', moved USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END
$$;
CREATE CONSTRAINT TRIGGER "hook_moves_by_its_log" AFTER INSERT OR UPDATE OF "live_release_id" ON "hook" DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION "refuse_unlogged_move"();
CREATE CONSTRAINT TRIGGER "pointer_event_moves_its_hook" AFTER INSERT ON "pointer_event" DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION "refuse_unlogged_move"();

-- Rows of a run come and go until it ends: it removes those that did not win. From then on they stand.
CREATE OR REPLACE FUNCTION "refuse_unknown_run"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    stranger record;
BEGIN
    SELECT "_run", "_version", run."finished_at" IS NOT NULL AND release."version" = "_version" AS "ended" INTO stranger
    FROM (SELECT DISTINCT "_run", "_version" FROM "incoming") AS "given"
        LEFT JOIN public."hook_run" AS run ON run."id" = "_run"
        LEFT JOIN public."hook_release" AS release ON release."id" = run."release_id"
    WHERE release."version" IS DISTINCT FROM "_version" OR run."finished_at" IS NOT NULL;
    IF FOUND AND stranger."ended" THEN
        RAISE EXCEPTION 'The run % has ended, so no more rows can come from it.', stranger."_run" USING ERRCODE = 'integrity_constraint_violation';
    ELSIF FOUND THEN
        RAISE EXCEPTION 'There is no run % of version %, so no row can come from it.', stranger."_run", stranger."_version"
            USING ERRCODE = 'foreign_key_violation';
    END IF;
    RETURN NULL;
END
$$;
CREATE FUNCTION "refuse_removing_result"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM public."hook_run" WHERE "id" = OLD."_run" AND "finished_at" IS NULL) THEN
        RAISE EXCEPTION 'A row of % is immutable: its run has ended, so it cannot be changed or removed.', TG_TABLE_NAME
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN OLD;
END
$$;

-- The tables that deploys made so far; those to come get the same from infrastructure/postgres/tables.
DO $$
DECLARE
    made record;
BEGIN
    FOR made IN SELECT oid::regclass AS name, relnamespace = 'features'::regnamespace AS of_runs FROM pg_class
        WHERE relnamespace IN ('features'::regnamespace, 'metadata'::regnamespace) AND relkind = 'r' LOOP
        EXECUTE format('CREATE TRIGGER "is_never_truncated" BEFORE TRUNCATE ON %s FOR EACH STATEMENT EXECUTE FUNCTION public."refuse_change"()', made.name);
        IF made.of_runs THEN
            EXECUTE format('CREATE TRIGGER "is_never_removed" BEFORE DELETE ON %s FOR EACH ROW EXECUTE FUNCTION public."refuse_removing_result"()', made.name);
        ELSE
            EXECUTE format('CREATE TRIGGER "is_never_changed" BEFORE UPDATE OR DELETE ON %s FOR EACH ROW EXECUTE FUNCTION public."refuse_change"()', made.name);
        END IF;
    END LOOP;
END
$$;
