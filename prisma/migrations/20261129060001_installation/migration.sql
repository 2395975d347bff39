-- Which installation this is: containers and Jobs are labelled with it, because several archives may share an engine or a
-- cluster, and two of them may have the same domain.
ALTER TABLE "archive" ADD COLUMN "installation_id" UUID NOT NULL DEFAULT gen_random_uuid();
