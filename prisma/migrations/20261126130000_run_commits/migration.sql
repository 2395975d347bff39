-- CreateIndex
CREATE INDEX "hook_run_by_commit" ON "hook_run"("hook", "convention", "committed_at");
