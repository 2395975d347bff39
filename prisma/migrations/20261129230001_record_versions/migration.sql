-- CreateEnum
CREATE TYPE "withdrawal_kind" AS ENUM ('RETRACTED', 'REMOVED');

-- AlterTable
ALTER TABLE "record" ADD COLUMN     "first_version" UUID,
ADD COLUMN     "identity" UUID NOT NULL GENERATED ALWAYS AS (coalesce("first_version", "id")) STORED,
ADD COLUMN     "note" TEXT,
ADD COLUMN     "version" INTEGER NOT NULL DEFAULT 1;

-- CreateTable
CREATE TABLE "absence" (
    "record" UUID NOT NULL,
    "convention" TEXT NOT NULL,
    "since" TIMESTAMPTZ(6) NOT NULL,
    "until" TIMESTAMPTZ(6),
    "withdrawal" UUID,

    CONSTRAINT "absence_pkey" PRIMARY KEY ("record","since")
);

-- CreateTable
CREATE TABLE "withdrawal" (
    "id" UUID NOT NULL,
    "record" UUID NOT NULL,
    "convention" TEXT NOT NULL,
    "kind" "withdrawal_kind" NOT NULL,
    "reason" TEXT NOT NULL,
    "actor" TEXT NOT NULL,
    "at" TIMESTAMPTZ(6) NOT NULL,
    "restored_at" TIMESTAMPTZ(6),
    "restored_by" TEXT,
    "restored_reason" TEXT,

    CONSTRAINT "withdrawal_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "record_version" ON "record"("identity", "version");

-- CreateIndex
CREATE UNIQUE INDEX "absence_open" ON "absence"("record") WHERE (until IS NULL);

-- CreateIndex
CREATE INDEX "absence_by_convention" ON "absence"("convention", "since");

-- CreateIndex
CREATE INDEX "absence_by_withdrawal" ON "absence"("withdrawal") WHERE (withdrawal IS NOT NULL);

-- CreateIndex
CREATE UNIQUE INDEX "withdrawal_open" ON "withdrawal"("record") WHERE (restored_at IS NULL);

-- CreateIndex
CREATE INDEX "withdrawal_by_record" ON "withdrawal"("record", "at");

-- CreateIndex
CREATE INDEX "withdrawal_by_convention" ON "withdrawal"("convention", "at");

-- AddForeignKey
ALTER TABLE "record" ADD CONSTRAINT "record_first_version_fkey" FOREIGN KEY ("first_version") REFERENCES "record"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "absence" ADD CONSTRAINT "absence_record_fkey" FOREIGN KEY ("record") REFERENCES "record"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "absence" ADD CONSTRAINT "absence_withdrawal_fkey" FOREIGN KEY ("withdrawal") REFERENCES "withdrawal"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "withdrawal" ADD CONSTRAINT "withdrawal_record_fkey" FOREIGN KEY ("record") REFERENCES "record"("id") ON DELETE RESTRICT ON UPDATE CASCADE;



-- What Prisma cannot express.

-- The idempotency key of publishing names a record, so it is that of its first version.
DROP INDEX "record_by_source";
CREATE UNIQUE INDEX "record_by_source" ON "record" ("convention", (("source" ->> 'type')), (("source" ->> 'id'))) WHERE "version" = 1;

ALTER TABLE "record"
    ADD CONSTRAINT "record_first_version_is_1" CHECK ("version" >= 1 AND ("version" = 1) = ("first_version" IS NULL)),
    ADD CONSTRAINT "record_note_says_something" CHECK ("note" <> '');
ALTER TABLE "absence" ADD CONSTRAINT "absence_has_a_length" CHECK ("until" >= "since" AND ("until" IS NULL OR "withdrawal" IS NOT NULL));
ALTER TABLE "withdrawal"
    ADD CONSTRAINT "withdrawal_says_why" CHECK ("reason" <> ''),
    ADD CONSTRAINT "withdrawal_is_restored_wholly" CHECK (
        ("restored_at" IS NULL) = ("restored_by" IS NULL) AND ("restored_at" IS NULL) = ("restored_reason" IS NULL)
        AND ("restored_at" IS NULL OR "kind" = 'RETRACTED'));

-- Versions have no gaps, and all of them have the source of the first.
CREATE FUNCTION "refuse_version_out_of_order"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM "record" WHERE "identity" = NEW."first_version" AND "version" = NEW."version" - 1
            AND ("convention", "source" ->> 'type', "source" ->> 'id') = (NEW."convention", NEW."source" ->> 'type', NEW."source" ->> 'id')
    ) THEN
        RAISE EXCEPTION 'Version % of record % does not follow a version with the same source.', NEW."version", NEW."first_version"
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER "record_version_follows" BEFORE INSERT ON "record" FOR EACH ROW
    WHEN (NEW."version" <> 1) EXECUTE FUNCTION "refuse_version_out_of_order"();

CREATE TRIGGER "absence_is_never_deleted" BEFORE DELETE ON "absence" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "absence_only_ends" BEFORE UPDATE ON "absence" FOR EACH ROW
    WHEN (OLD."until" IS NOT NULL OR (OLD."record", OLD."convention", OLD."since") IS DISTINCT FROM (NEW."record", NEW."convention", NEW."since")
        OR OLD."withdrawal" IS DISTINCT FROM NEW."withdrawal")
    EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "is_never_truncated" BEFORE TRUNCATE ON "absence" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "withdrawal_is_never_deleted" BEFORE DELETE ON "withdrawal" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "withdrawal_is_only_restored" BEFORE UPDATE ON "withdrawal" FOR EACH ROW
    WHEN (OLD."restored_at" IS NOT NULL
        OR (OLD."id", OLD."record", OLD."convention", OLD."kind", OLD."reason", OLD."actor", OLD."at")
            IS DISTINCT FROM (NEW."id", NEW."record", NEW."convention", NEW."kind", NEW."reason", NEW."actor", NEW."at"))
    EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "is_never_truncated" BEFORE TRUNCATE ON "withdrawal" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
