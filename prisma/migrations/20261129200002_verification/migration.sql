-- CreateTable
CREATE TABLE "verification" (
    "id" UUID NOT NULL,
    "started_at" TIMESTAMPTZ(6) NOT NULL,
    "updated_at" TIMESTAMPTZ(6) NOT NULL,
    "finished_at" TIMESTAMPTZ(6),
    "state" JSONB NOT NULL,

    CONSTRAINT "verification_pkey" PRIMARY KEY ("id")
);



-- What follows Prisma's schema cannot express.

CREATE TRIGGER "verification_is_never_removed" BEFORE DELETE ON "verification" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "verification_is_never_changed" BEFORE UPDATE ON "verification" FOR EACH ROW
    WHEN (OLD."finished_at" IS NOT NULL OR (OLD."id", OLD."started_at") IS DISTINCT FROM (NEW."id", NEW."started_at")) EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "verification_is_never_truncated" BEFORE TRUNCATE ON "verification" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
