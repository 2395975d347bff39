-- CreateTable
CREATE TABLE "run_file_loss" (
    "run" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "found_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "run_file_loss_pkey" PRIMARY KEY ("run","name")
);

-- AddForeignKey
ALTER TABLE "run_file_loss" ADD CONSTRAINT "run_file_loss_run_fkey" FOREIGN KEY ("run") REFERENCES "hook_run"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
