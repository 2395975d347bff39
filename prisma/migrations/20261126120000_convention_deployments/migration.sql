-- CreateTable
CREATE TABLE "convention_deployment" (
    "convention" TEXT NOT NULL,
    "at" TIMESTAMPTZ(6) NOT NULL DEFAULT clock_timestamp(),
    "actor" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "license" TEXT,
    "schema_id" TEXT NOT NULL,
    "schema_version" TEXT NOT NULL,
    "hooks" TEXT[],

    CONSTRAINT "convention_deployment_pkey" PRIMARY KEY ("convention","at")
);

-- AddForeignKey
ALTER TABLE "convention_deployment" ADD CONSTRAINT "convention_deployment_convention_fkey" FOREIGN KEY ("convention") REFERENCES "convention"("slug") ON DELETE CASCADE ON UPDATE CASCADE;



-- What follows Prisma's schema cannot express.

-- What is known of conventions from before there was a log: the schemas they had since those were there, and how they are now.
INSERT INTO "convention_deployment" ("convention", "at", "actor", "title", "license", "schema_id", "schema_version", "hooks")
SELECT DISTINCT ON ("slug", "at") "slug", "at", "updated_by", "title", "license", "schema_id", "schema_version", "hooks"
FROM (
    SELECT convention."slug", greatest(convention."created_at", schema."created_at") AS "at", convention."updated_by", convention."title", convention."license",
        had."schema_id", had."schema_version",
        ARRAY(SELECT "hook" FROM "convention_hook" WHERE "convention" = convention."slug" ORDER BY "position") AS "hooks",
        (had."schema_id", had."schema_version") = (convention."schema_id", convention."schema_version") AS "is_current"
    FROM "convention" convention
    JOIN "convention_schema" had ON had."convention" = convention."slug"
    JOIN "schema_version" schema ON schema."id" = had."schema_id" AND schema."version" = had."schema_version"
    UNION ALL
    SELECT "slug", "updated_at", "updated_by", "title", "license", "schema_id", "schema_version",
        ARRAY(SELECT "hook" FROM "convention_hook" WHERE "convention" = "slug" ORDER BY "position"), true
    FROM "convention"
) known
ORDER BY "slug", "at", "is_current" DESC;

CREATE TRIGGER "convention_deployment_is_never_changed" BEFORE UPDATE OR DELETE ON "convention_deployment" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
