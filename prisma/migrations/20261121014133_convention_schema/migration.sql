-- CreateTable
CREATE TABLE "convention_schema" (
    "convention" TEXT NOT NULL,
    "schema_id" TEXT NOT NULL,
    "schema_version" TEXT NOT NULL,

    CONSTRAINT "convention_schema_pkey" PRIMARY KEY ("convention","schema_id","schema_version")
);

-- AddForeignKey
ALTER TABLE "convention_schema" ADD CONSTRAINT "convention_schema_convention_fkey" FOREIGN KEY ("convention") REFERENCES "convention"("slug") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "convention_schema" ADD CONSTRAINT "convention_schema_schema_id_schema_version_fkey" FOREIGN KEY ("schema_id", "schema_version") REFERENCES "schema_version"("id", "version") ON DELETE RESTRICT ON UPDATE CASCADE;


INSERT INTO "convention_schema" SELECT "slug", "schema_id", "schema_version" FROM "convention"
UNION SELECT "convention", "schema_id", "schema_version" FROM "record";
