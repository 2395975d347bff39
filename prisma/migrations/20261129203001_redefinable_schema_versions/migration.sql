-- A schema version that nothing has used may be deployed with other fields. What used it was checked against the fields it had.
CREATE FUNCTION "refuse_change_of_used_schema"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (OLD."id", OLD."version", OLD."created_at") IS DISTINCT FROM (NEW."id", NEW."version", NEW."created_at")
        OR EXISTS (SELECT FROM "record" WHERE "schema_id" = OLD."id" AND "schema_version" = OLD."version")
        OR EXISTS (SELECT FROM "candidate" WHERE "schema_id" = OLD."id" AND "schema_version" = OLD."version")
        OR EXISTS (SELECT FROM "citation" WHERE "schema_id" = OLD."id" AND "schema_version" = OLD."version") THEN
        RAISE EXCEPTION 'A row of % is immutable once it is used: it cannot be changed.', TG_TABLE_NAME
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END
$$;

DROP TRIGGER "schema_version_is_never_changed" ON "schema_version";
CREATE TRIGGER "schema_version_in_use_is_never_changed" BEFORE UPDATE ON "schema_version" FOR EACH ROW
    WHEN (OLD IS DISTINCT FROM NEW) EXECUTE FUNCTION "refuse_change_of_used_schema"();
