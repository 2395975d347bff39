-- Whatever refers to stored content stands here, so that the sweep of files needs to know nothing of who does.
CREATE VIEW "file_reference" AS
    SELECT "digest" FROM "record_file"
    UNION ALL
    SELECT "digest" FROM "deposition_file";

-- The files of a record are part of it, and as immutable.
CREATE TRIGGER "record_file_is_never_updated" BEFORE UPDATE ON "record_file" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "record_file_is_never_deleted" BEFORE DELETE ON "record_file" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "record_file_is_never_truncated" BEFORE TRUNCATE ON "record_file" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
