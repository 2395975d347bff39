-- AlterTable
ALTER TABLE "pointer_event" ALTER COLUMN "at" SET DEFAULT clock_timestamp();

-- CreateTable
CREATE TABLE "release_state_event" (
    "id" UUID NOT NULL,
    "release_id" UUID NOT NULL,
    "state" "release_state" NOT NULL,
    "reason" TEXT NOT NULL,
    "actor" TEXT NOT NULL,
    "at" TIMESTAMPTZ(6) NOT NULL DEFAULT clock_timestamp(),

    CONSTRAINT "release_state_event_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "record_count" (
    "id" BIGSERIAL NOT NULL,
    "convention" TEXT NOT NULL,
    "schema_id" TEXT NOT NULL,
    "schema_major" INTEGER NOT NULL,
    "records" BIGINT NOT NULL,

    CONSTRAINT "record_count_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "hook_coverage" (
    "hook" TEXT NOT NULL,
    "convention" TEXT NOT NULL,
    "profile" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "status" "outcome_status" NOT NULL,
    "records" BIGINT NOT NULL,
    "rows" BIGINT NOT NULL,

    CONSTRAINT "hook_coverage_pkey" PRIMARY KEY ("hook","convention","profile","version")
);

-- CreateIndex
CREATE INDEX "release_state_event_by_release" ON "release_state_event"("release_id", "at");

-- CreateIndex
CREATE INDEX "record_count_by_convention" ON "record_count"("convention");

-- CreateIndex
CREATE INDEX "record_by_publishing" ON "record"("convention", "published_at");

-- CreateIndex
CREATE INDEX "hook_release_by_source_ref" ON "hook_release"("source_ref");

-- AddForeignKey
ALTER TABLE "release_state_event" ADD CONSTRAINT "release_state_event_release_id_fkey" FOREIGN KEY ("release_id") REFERENCES "hook_release"("id") ON DELETE RESTRICT ON UPDATE CASCADE;



-- What follows Prisma's schema cannot express.

CREATE TRIGGER "release_state_event_is_never_changed" BEFORE UPDATE OR DELETE ON "release_state_event"
    FOR EACH ROW EXECUTE FUNCTION "refuse_change"();

INSERT INTO "release_state_event" ("id", "release_id", "state", "reason", "actor", "at")
SELECT gen_random_uuid(), "id", "state", coalesce("state_reason", ''), coalesce("state_changed_by", ''), "state_changed_at"
FROM "hook_release" WHERE "state_changed_at" IS NOT NULL;

-- Which releases ran this very artifact.
CREATE INDEX "hook_release_by_digest" ON "hook_release" (("runtime" ->> 'digest'));

-- Full text over all texts of a record, whatever its schema. A vector holds at most a megabyte: of a record too large for
-- one, only the beginning is searched.
CREATE FUNCTION "record_search_vector"("metadata" jsonb) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE
    WHEN octet_length("metadata"::text) <= 300000 THEN jsonb_to_tsvector('simple'::regconfig, "metadata", '["string"]')
    ELSE to_tsvector('simple'::regconfig, left("metadata"::text, 60000))
END;
CREATE INDEX "record_search" ON "record" USING gin ("record_search_vector"("metadata"));

-- A row of a hook's table names the version that made it, so that the rows of one release are found without a join. What
-- the run and its release say is the same; and rows that never won are no rows.
DO $$
DECLARE
    hook_table regclass;
BEGIN
    FOR hook_table IN SELECT oid::regclass FROM pg_class WHERE relnamespace = 'features'::regnamespace AND relkind = 'r' LOOP
        EXECUTE format('ALTER TABLE %s ADD COLUMN "_version" integer', hook_table);
        EXECUTE format('ALTER TABLE %s DISABLE TRIGGER "is_never_changed"', hook_table);
        EXECUTE format('DELETE FROM %s AS made USING public."run_outcome" AS outcome
            WHERE outcome."run" = made."_run" AND outcome."record" = made."_record" AND outcome."won_at" IS NULL', hook_table);
        EXECUTE format('UPDATE %s SET "_version" = release."version"
            FROM public."hook_run" AS run JOIN public."hook_release" AS release ON release."id" = run."release_id"
            WHERE run."id" = "_run"', hook_table);
        EXECUTE format('ALTER TABLE %s ENABLE TRIGGER "is_never_changed"', hook_table);
        EXECUTE format('ALTER TABLE %s ALTER COLUMN "_version" SET NOT NULL', hook_table);
    END LOOP;
END
$$;

-- What foreign keys from features.* would say of a row's run and its version, once for all rows of a statement.
CREATE OR REPLACE FUNCTION "refuse_unknown_run"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    stranger record;
BEGIN
    SELECT "_run", "_version" INTO stranger FROM (SELECT DISTINCT "_run", "_version" FROM "incoming") AS "given"
    WHERE NOT EXISTS (
        SELECT FROM public."hook_run" AS run JOIN public."hook_release" AS release ON release."id" = run."release_id"
        WHERE run."id" = "_run" AND release."version" = "_version"
    );
    IF FOUND THEN
        RAISE EXCEPTION 'There is no run % of version %, so no row can come from it.', stranger."_run", stranger."_version"
            USING ERRCODE = 'foreign_key_violation';
    END IF;
    RETURN NULL;
END
$$;

INSERT INTO "record_count" ("convention", "schema_id", "schema_major", "records")
SELECT "convention", "schema_id", split_part("schema_version", '.', 1)::integer, count(*) FROM "record" GROUP BY 1, 2, 3;

INSERT INTO "hook_coverage" ("hook", "convention", "profile", "version", "status", "records", "rows")
SELECT "hook", "convention", "profile", "version", "status", count(*), sum("row_count")
FROM (
    SELECT release."hook", record."convention", release."version", outcome."status", outcome."row_count",
        string_agg(release."version" || '=' || outcome."status", ',') OVER (
            PARTITION BY release."hook", outcome."record" ORDER BY release."version"
            ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
        ) AS "profile"
    FROM "run_outcome" AS outcome
    JOIN "hook_release" AS release ON release."id" = outcome."release_id"
    JOIN "record" ON record."id" = outcome."record"
    WHERE outcome."won_at" IS NOT NULL AND outcome."lost_at" IS NULL
) AS winners
GROUP BY 1, 2, 3, 4, 5;
