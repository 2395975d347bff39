-- CreateTable
CREATE TABLE "file" (
    "digest" TEXT NOT NULL,
    "size" BIGINT NOT NULL,
    "media_type" TEXT,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "created_by" TEXT NOT NULL,
    "touched_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "stored_at" TIMESTAMPTZ(6),
    "referenced_at" TIMESTAMPTZ(6),

    CONSTRAINT "file_pkey" PRIMARY KEY ("digest")
);

-- CreateTable
CREATE TABLE "record_file" (
    "record_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "digest" TEXT NOT NULL,

    CONSTRAINT "record_file_pkey" PRIMARY KEY ("record_id","name")
);

-- CreateTable
CREATE TABLE "upload" (
    "id" UUID NOT NULL,
    "size" BIGINT NOT NULL,
    "media_type" TEXT,
    "expected_digest" TEXT,
    "digest" TEXT,
    "created_by" TEXT NOT NULL,
    "touched_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "upload_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "file_unreferenced" ON "file"("touched_at") WHERE (referenced_at IS NULL);

-- CreateIndex
CREATE INDEX "record_file_by_digest" ON "record_file"("digest");

-- CreateIndex
CREATE INDEX "upload_by_touch" ON "upload"("touched_at");

-- AddForeignKey
ALTER TABLE "record_file" ADD CONSTRAINT "record_file_record_id_fkey" FOREIGN KEY ("record_id") REFERENCES "record"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "record_file" ADD CONSTRAINT "record_file_digest_fkey" FOREIGN KEY ("digest") REFERENCES "file"("digest") ON DELETE RESTRICT ON UPDATE CASCADE;


-- What Prisma cannot express.
ALTER TABLE "file"
    ADD CONSTRAINT "file_digest_form" CHECK ("digest" ~ '^sha256:[0-9a-f]{64}$'),
    ADD CONSTRAINT "file_size_sign" CHECK ("size" >= 0);
ALTER TABLE "upload" ADD CONSTRAINT "upload_size_sign" CHECK ("size" >= 0);
