-- CreateEnum
CREATE TYPE "deposition_status" AS ENUM ('DRAFT', 'IN_VALIDATION', 'IN_REVIEW', 'PUBLISHED', 'REJECTED');

-- AlterTable
ALTER TABLE "convention" ADD COLUMN     "review" BOOLEAN NOT NULL DEFAULT false;

-- CreateTable
CREATE TABLE "deposition" (
    "id" UUID NOT NULL,
    "convention" TEXT NOT NULL,
    "owner" TEXT NOT NULL,
    "status" "deposition_status" NOT NULL DEFAULT 'DRAFT',
    "metadata" JSONB NOT NULL,
    "findings" JSONB NOT NULL DEFAULT '[]',
    "candidate" UUID,
    "record_id" UUID,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "deposition_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "deposition_file" (
    "deposition_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "digest" TEXT NOT NULL,
    "size" BIGINT NOT NULL,
    "position" INTEGER NOT NULL,

    CONSTRAINT "deposition_file_pkey" PRIMARY KEY ("deposition_id","name")
);

-- CreateIndex
CREATE UNIQUE INDEX "deposition_candidate" ON "deposition"("candidate");

-- CreateIndex
CREATE UNIQUE INDEX "deposition_record" ON "deposition"("record_id");

-- CreateIndex
CREATE INDEX "deposition_by_owner" ON "deposition"("owner", "id");

-- CreateIndex
CREATE INDEX "deposition_by_status" ON "deposition"("status", "id");

-- CreateIndex
CREATE INDEX "deposition_file_by_digest" ON "deposition_file"("digest");

-- CreateIndex
CREATE UNIQUE INDEX "deposition_file_position" ON "deposition_file"("deposition_id", "position");

-- AddForeignKey
ALTER TABLE "deposition" ADD CONSTRAINT "deposition_convention_fkey" FOREIGN KEY ("convention") REFERENCES "convention"("slug") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "deposition" ADD CONSTRAINT "deposition_record_id_fkey" FOREIGN KEY ("record_id") REFERENCES "record"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "deposition_file" ADD CONSTRAINT "deposition_file_deposition_id_fkey" FOREIGN KEY ("deposition_id") REFERENCES "deposition"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What follows Prisma's schema cannot express.
ALTER TABLE "deposition"
    ADD CONSTRAINT "deposition_metadata_is_an_object" CHECK (jsonb_typeof("metadata") = 'object'),
    ADD CONSTRAINT "deposition_findings_are_a_list" CHECK (jsonb_typeof("findings") = 'array'),
    ADD CONSTRAINT "deposition_published_is_a_record" CHECK (("status" = 'PUBLISHED') = ("record_id" IS NOT NULL)),
    ADD CONSTRAINT "deposition_on_its_way_is_a_candidate" CHECK (("status" IN ('DRAFT', 'REJECTED')) = ("candidate" IS NULL)),
    ADD CONSTRAINT "deposition_on_its_way_has_no_findings" CHECK ("status" IN ('DRAFT', 'REJECTED') OR "findings" = '[]'),
    ADD CONSTRAINT "deposition_rejected_says_why" CHECK ("status" <> 'REJECTED' OR "findings" <> '[]');
ALTER TABLE "deposition_file"
    ADD CONSTRAINT "deposition_file_digest_is_one" CHECK ("digest" ~ '^sha256:[0-9a-f]{64}$'),
    ADD CONSTRAINT "deposition_file_size_is_one" CHECK ("size" >= 0);

CREATE TRIGGER "deposition_published_is_never_changed" BEFORE UPDATE OR DELETE ON "deposition" FOR EACH ROW
    WHEN (OLD."status" = 'PUBLISHED') EXECUTE FUNCTION "refuse_change"();
