-- AlterTable
ALTER TABLE "deposition_file" ADD COLUMN     "media_type" TEXT;

-- AlterTable
ALTER TABLE "upload" ADD COLUMN     "resumable" BOOLEAN NOT NULL DEFAULT true;

-- CreateTable
CREATE TABLE "file_holding" (
    "digest" TEXT NOT NULL,
    "holder" TEXT NOT NULL,
    "size" BIGINT NOT NULL,
    "media_type" TEXT,
    "touched_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "file_holding_pkey" PRIMARY KEY ("digest","holder")
);

-- CreateIndex
CREATE INDEX "file_holding_by_holder" ON "file_holding"("holder", "size");

-- CreateIndex
CREATE INDEX "file_holding_by_touch" ON "file_holding"("touched_at");

-- CreateIndex
CREATE INDEX "upload_open" ON "upload"("created_by", "size") WHERE (digest IS NULL);

-- AddForeignKey
ALTER TABLE "file_holding" ADD CONSTRAINT "file_holding_digest_fkey" FOREIGN KEY ("digest") REFERENCES "file"("digest") ON DELETE CASCADE ON UPDATE CASCADE;

-- What follows Prisma's schema cannot express.

-- Until now a file's media type was the first that anybody gave. It becomes public with the first record that has the file; until
-- then each uploader has an own one, so that nobody learns from it that others have the same content.
UPDATE "deposition_file" SET "media_type" = "file"."media_type" FROM "file" WHERE "file"."digest" = "deposition_file"."digest";

INSERT INTO "file_holding" ("digest", "holder", "size", "media_type", "touched_at")
    SELECT "digest", "created_by", "size", "media_type", "touched_at" FROM "file"
    WHERE "stored_at" IS NOT NULL AND ("created_by" LIKE 'user:%' OR "created_by" LIKE 'machine:%')
        AND NOT EXISTS (SELECT FROM "record_file" WHERE "record_file"."digest" = "file"."digest");

UPDATE "file" SET "media_type" = NULL
    WHERE "media_type" IS NOT NULL AND NOT EXISTS (SELECT FROM "record_file" WHERE "record_file"."digest" = "file"."digest");

-- What somebody's unpublished work has, for those who need not know what that work is.
CREATE VIEW "draft_file" AS
    SELECT "deposition_file"."digest", "deposition"."owner", "deposition_file"."media_type"
    FROM "deposition_file" JOIN "deposition" ON "deposition"."id" = "deposition_file"."deposition_id";
