-- Drafts of the next version of a record: at most one of each record is open.
ALTER TABLE "deposition" ADD COLUMN     "revises" UUID,
ADD COLUMN     "revised_version" INTEGER,
ADD COLUMN     "note" TEXT;
ALTER TABLE "deposition" ADD CONSTRAINT "deposition_revises_fkey" FOREIGN KEY ("revises") REFERENCES "record"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
CREATE UNIQUE INDEX "deposition_open_revision" ON "deposition"("revises") WHERE (status <> 'PUBLISHED'::deposition_status);
ALTER TABLE "deposition"
    ADD CONSTRAINT "deposition_revises_a_version" CHECK (("revises" IS NULL) = ("revised_version" IS NULL)),
    ADD CONSTRAINT "deposition_note_says_something" CHECK ("note" <> '');
CREATE TRIGGER "deposition_keeps_its_record" BEFORE UPDATE ON "deposition" FOR EACH ROW
    WHEN (OLD."revises" IS DISTINCT FROM NEW."revises") EXECUTE FUNCTION "refuse_change"();
