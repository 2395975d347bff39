-- CreateTable
CREATE TABLE "run_log" (
    "run" UUID NOT NULL,
    "position" BIGINT NOT NULL,
    "data" BYTEA NOT NULL,

    CONSTRAINT "run_log_pkey" PRIMARY KEY ("run","position")
);

-- CreateTable
CREATE TABLE "run_file" (
    "run" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "digest" TEXT NOT NULL,
    "size" BIGINT NOT NULL,
    "kept_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "run_file_pkey" PRIMARY KEY ("run","name")
);

-- CreateIndex
CREATE INDEX "run_file_by_age" ON "run_file"("kept_at");

-- CreateIndex
CREATE INDEX "run_file_by_digest" ON "run_file"("digest");

-- AddForeignKey
ALTER TABLE "run_log" ADD CONSTRAINT "run_log_run_fkey" FOREIGN KEY ("run") REFERENCES "hook_run"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "run_file" ADD CONSTRAINT "run_file_run_fkey" FOREIGN KEY ("run") REFERENCES "hook_run"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What follows Prisma's schema cannot express.
ALTER TABLE "run_file" ADD CONSTRAINT "run_file_digest_is_one" CHECK ("digest" ~ '^sha256:[0-9a-f]{64}$');
ALTER TABLE "run_log" ADD CONSTRAINT "run_log_position_is_one" CHECK ("position" >= 0);

CREATE OR REPLACE VIEW "file_reference" AS
    SELECT "digest" FROM "record_file"
    UNION ALL
    SELECT "digest" FROM "deposition_file"
    UNION ALL
    SELECT "candidate_file"."digest" FROM "candidate_file"
    JOIN "candidate" ON "candidate"."id" = "candidate_file"."candidate_id" AND "candidate"."decided_at" IS NULL
    UNION ALL
    SELECT "digest" FROM "run_file";
