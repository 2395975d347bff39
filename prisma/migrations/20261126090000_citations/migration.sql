-- CreateTable
CREATE TABLE "citation" (
    "id" TEXT NOT NULL,
    "convention" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "table_name" TEXT NOT NULL,
    "filter" JSONB,
    "order_by" JSONB NOT NULL,
    "release" INTEGER,
    "as_of" TIMESTAMPTZ(6) NOT NULL,
    "schema_id" TEXT NOT NULL,
    "schema_version" TEXT NOT NULL,
    "hooks" TEXT[],
    "row_count" BIGINT NOT NULL,
    "releases" JSONB NOT NULL,
    "created_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "citation_pkey" PRIMARY KEY ("id")
);

-- AddForeignKey
ALTER TABLE "citation" ADD CONSTRAINT "citation_convention_fkey" FOREIGN KEY ("convention") REFERENCES "convention"("slug") ON DELETE RESTRICT ON UPDATE CASCADE;



-- What follows Prisma's schema cannot express.

-- What stands in a paper stays what it is.
CREATE TRIGGER "citation_is_never_changed" BEFORE UPDATE OR DELETE ON "citation" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "citation_is_never_truncated" BEFORE TRUNCATE ON "citation" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
