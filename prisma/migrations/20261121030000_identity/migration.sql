-- CreateTable
CREATE TABLE "token" (
    "id" UUID NOT NULL,
    "subject" TEXT NOT NULL,
    "roles" TEXT[],
    "scopes" TEXT[],
    "created_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(6) NOT NULL,
    "revoked_at" TIMESTAMPTZ(6),
    "revoked_by" TEXT,

    CONSTRAINT "token_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "audit_event" (
    "position" BIGSERIAL NOT NULL,
    "at" TIMESTAMPTZ(6) NOT NULL DEFAULT clock_timestamp(),
    "actor" TEXT NOT NULL,
    "operation" TEXT NOT NULL,
    "targets" TEXT[],
    "address" TEXT,
    "request_id" TEXT,
    "details" JSONB NOT NULL,

    CONSTRAINT "audit_event_pkey" PRIMARY KEY ("position")
);

-- CreateIndex
CREATE INDEX "token_revoked" ON "token"("expires_at") WHERE (revoked_at IS NOT NULL);

-- CreateIndex
CREATE INDEX "audit_event_by_actor" ON "audit_event"("actor", "position");

-- CreateIndex
CREATE INDEX "audit_event_by_operation" ON "audit_event"("operation", "position");


-- What follows Prisma's schema cannot express.

CREATE TRIGGER "audit_event_is_never_changed" BEFORE UPDATE OR DELETE ON "audit_event" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "audit_event_is_never_truncated" BEFORE TRUNCATE ON "audit_event" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();

-- What was granted stands, and a revoked token stays revoked.
CREATE TRIGGER "token_is_never_deleted" BEFORE DELETE ON "token" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "token_is_only_revoked" BEFORE UPDATE ON "token" FOR EACH ROW
    WHEN (OLD."revoked_at" IS NOT NULL
        OR (OLD."id", OLD."subject", OLD."roles", OLD."scopes", OLD."created_by", OLD."created_at", OLD."expires_at")
            IS DISTINCT FROM (NEW."id", NEW."subject", NEW."roles", NEW."scopes", NEW."created_by", NEW."created_at", NEW."expires_at"))
    EXECUTE FUNCTION "refuse_change"();
