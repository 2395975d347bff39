-- DropIndex
DROP INDEX "record_file_by_digest";

-- CreateIndex
CREATE INDEX "record_file_by_digest" ON "record_file"("digest", "record_id");

-- CreateIndex
CREATE INDEX "pointer_event_by_release" ON "pointer_event"("to_release_id", "id");

-- CreateIndex
CREATE INDEX "hook_run_by_retried" ON "hook_run"("retry_of") WHERE (retry_of IS NOT NULL);

-- What Prisma cannot express.

-- Whether records came from another archive at all; not which ones, so equal entries take next to no room.
CREATE INDEX "record_by_source_node" ON "record" (("source" ->> 'sourceNode')) WHERE "source" ->> 'sourceNode' IS NOT NULL;
