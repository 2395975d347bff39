-- CreateEnum
CREATE TYPE "release_state" AS ENUM ('ACTIVE', 'DEPRECATED', 'YANKED');

-- CreateTable
CREATE TABLE "archive" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "domain" TEXT NOT NULL,

    CONSTRAINT "archive_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "hook" (
    "name" TEXT NOT NULL,
    "feature" JSONB NOT NULL,
    "live_release_id" UUID,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "hook_pkey" PRIMARY KEY ("name")
);

-- CreateTable
CREATE TABLE "hook_release" (
    "id" UUID NOT NULL,
    "hook" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "runtime" JSONB NOT NULL,
    "artifact" TEXT NOT NULL,
    "source_ref" TEXT NOT NULL,
    "built_by" TEXT NOT NULL,
    "built_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "state" "release_state" NOT NULL DEFAULT 'ACTIVE',
    "state_reason" TEXT,
    "state_changed_by" TEXT,
    "state_changed_at" TIMESTAMPTZ(6),

    CONSTRAINT "hook_release_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "pointer_event" (
    "id" UUID NOT NULL,
    "hook" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "from_release_id" UUID,
    "to_release_id" UUID NOT NULL,
    "actor" TEXT NOT NULL,
    "reason" TEXT,
    "at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "pointer_event_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "convention_hook" (
    "convention" TEXT NOT NULL,
    "hook" TEXT NOT NULL,
    "position" INTEGER NOT NULL,

    CONSTRAINT "convention_hook_pkey" PRIMARY KEY ("convention","hook")
);

-- CreateTable
CREATE TABLE "module_source" (
    "digest" TEXT NOT NULL,
    "source" TEXT NOT NULL,

    CONSTRAINT "module_source_pkey" PRIMARY KEY ("digest")
);

-- CreateTable
CREATE TABLE "hook_run" (
    "id" UUID NOT NULL,
    "release_id" UUID NOT NULL,
    "record_count" INTEGER NOT NULL DEFAULT 0,
    "row_count" BIGINT NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "hook_run_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "hook_release_version" ON "hook_release"("hook", "version");

-- CreateIndex
CREATE UNIQUE INDEX "hook_release_artifact" ON "hook_release"("hook", "artifact");

-- CreateIndex
CREATE UNIQUE INDEX "hook_release_of_hook" ON "hook_release"("hook", "id");

-- CreateIndex
CREATE UNIQUE INDEX "pointer_event_position" ON "pointer_event"("hook", "position");

-- CreateIndex
CREATE INDEX "convention_hook_by_hook" ON "convention_hook"("hook");

-- CreateIndex
CREATE INDEX "hook_run_by_release" ON "hook_run"("release_id", "id");

-- AddForeignKey
ALTER TABLE "hook" ADD CONSTRAINT "hook_live_release" FOREIGN KEY ("name", "live_release_id") REFERENCES "hook_release"("hook", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "hook_release" ADD CONSTRAINT "hook_release_hook_fkey" FOREIGN KEY ("hook") REFERENCES "hook"("name") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "pointer_event" ADD CONSTRAINT "pointer_event_hook_fkey" FOREIGN KEY ("hook") REFERENCES "hook"("name") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "pointer_event" ADD CONSTRAINT "pointer_event_from" FOREIGN KEY ("hook", "from_release_id") REFERENCES "hook_release"("hook", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "pointer_event" ADD CONSTRAINT "pointer_event_to" FOREIGN KEY ("hook", "to_release_id") REFERENCES "hook_release"("hook", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "convention_hook" ADD CONSTRAINT "convention_hook_convention_fkey" FOREIGN KEY ("convention") REFERENCES "convention"("slug") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "convention_hook" ADD CONSTRAINT "convention_hook_hook_fkey" FOREIGN KEY ("hook") REFERENCES "hook"("name") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "hook_run" ADD CONSTRAINT "hook_run_release_id_fkey" FOREIGN KEY ("release_id") REFERENCES "hook_release"("id") ON DELETE RESTRICT ON UPDATE CASCADE;




-- What follows Prisma's schema cannot express.

-- A deploy makes a hook, its release and the pointer in one transaction, in whatever order; the end must be whole.
ALTER TABLE "hook" ALTER CONSTRAINT "hook_live_release" DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE "archive" ADD CONSTRAINT "archive_is_one" CHECK ("id" = 1);
ALTER TABLE "hook_release"
    ADD CONSTRAINT "hook_release_counts_from_one" CHECK ("version" >= 1),
    ADD CONSTRAINT "hook_release_says_why" CHECK ("state" = 'ACTIVE' OR "state_reason" IS NOT NULL);

CREATE TRIGGER "pointer_event_is_never_changed" BEFORE UPDATE OR DELETE ON "pointer_event" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "module_source_is_never_changed" BEFORE UPDATE OR DELETE ON "module_source" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "hook_run_is_never_deleted" BEFORE DELETE ON "hook_run" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "hook_release_is_never_deleted" BEFORE DELETE ON "hook_release" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();

-- A release's state may change, what it is may not.
CREATE TRIGGER "hook_release_is_never_changed" BEFORE UPDATE ON "hook_release" FOR EACH ROW
    WHEN ((OLD."id", OLD."hook", OLD."version", OLD."runtime", OLD."artifact", OLD."source_ref", OLD."built_by", OLD."built_at")
        IS DISTINCT FROM (NEW."id", NEW."hook", NEW."version", NEW."runtime", NEW."artifact", NEW."source_ref", NEW."built_by", NEW."built_at"))
    EXECUTE FUNCTION "refuse_change"();

-- Yanked is for good, and never live.
CREATE FUNCTION "refuse_live_yanked"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM "hook_release" WHERE "id" = NEW."live_release_id" AND "state" = 'YANKED') THEN
        RAISE EXCEPTION 'A yanked release cannot be live.' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END
$$;

CREATE TRIGGER "hook_live_is_never_yanked" BEFORE INSERT OR UPDATE OF "live_release_id" ON "hook"
    FOR EACH ROW EXECUTE FUNCTION "refuse_live_yanked"();

-- Tables that deploys make: hooks' rows, and records' typed metadata.
CREATE SCHEMA IF NOT EXISTS "features";
CREATE SCHEMA IF NOT EXISTS "metadata";
