-- CreateTable
CREATE TABLE "hook_release_source_ref" (
    "release_id" UUID NOT NULL,
    "source_ref" TEXT NOT NULL,
    "actor" TEXT NOT NULL,
    "at" TIMESTAMPTZ(6) NOT NULL DEFAULT clock_timestamp(),

    CONSTRAINT "hook_release_source_ref_pkey" PRIMARY KEY ("release_id","source_ref")
);

-- CreateIndex
CREATE INDEX "hook_release_source_ref_by_ref" ON "hook_release_source_ref"("source_ref");

-- AddForeignKey
ALTER TABLE "hook_release_source_ref" ADD CONSTRAINT "hook_release_source_ref_release_id_fkey" FOREIGN KEY ("release_id") REFERENCES "hook_release"("id") ON DELETE RESTRICT ON UPDATE CASCADE;



-- What follows Prisma's schema cannot express.

CREATE TRIGGER "hook_release_source_ref_is_never_changed" BEFORE UPDATE OR DELETE ON "hook_release_source_ref" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
