-- AlterTable
ALTER TABLE "pointer_event" ADD COLUMN "is_rollback" BOOLEAN NOT NULL DEFAULT false;



-- What follows Prisma's schema cannot express.

-- Until now, a deploy gave the reason 'deployed', and a new release was always the highest: any other move to a lower version was
-- a rollback. The log stays append-only; only what it had not said yet is filled in.
ALTER TABLE "pointer_event" DISABLE TRIGGER "pointer_event_is_never_changed";
UPDATE "pointer_event" event SET "is_rollback" = true
FROM "hook_release" was, "hook_release" now
WHERE was."id" = event."from_release_id" AND now."id" = event."to_release_id" AND now."version" < was."version"
    AND event."reason" IS DISTINCT FROM 'deployed';
ALTER TABLE "pointer_event" ENABLE TRIGGER "pointer_event_is_never_changed";
