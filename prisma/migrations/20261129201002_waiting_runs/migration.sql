-- CreateIndex
CREATE INDEX "hook_run_waiting" ON "hook_run"("convention", "priority", "id") WHERE (status = 'QUEUED');
