-- Two answers that reading needs and that are taken from what the role which reads may not see. Each is one value, worked out
-- with the rights of the role that owns the archive; names in a body like these are resolved once, here.

-- The latest time of which everything is known: what was stamped with it or before is committed and visible. Stamps are taken
-- by transactions that have begun to write or are about to, so their beginning bounds them; one that has run for long without
-- having written takes its stamps later than now. Of other roles' sessions PostgreSQL shows no times, and says so by NULL.
CREATE FUNCTION "stable_instant"() RETURNS timestamptz LANGUAGE sql VOLATILE SECURITY DEFINER
RETURN (
    SELECT date_trunc('milliseconds', least(clock_timestamp(), min("xact_start")) - interval '1 millisecond')
    FROM pg_stat_activity
    WHERE "datname" = current_database() AND "pid" <> pg_backend_pid() AND "backend_type" = 'client backend'
        AND ("backend_xid" IS NOT NULL OR "state" = 'active' AND "xact_start" > clock_timestamp() - interval '10 seconds')
);

-- Whether somebody changed anything, by a time or ever.
CREATE FUNCTION "has_changed_anything"("who" text, "by_then" timestamptz) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
RETURN EXISTS (SELECT FROM "audit_event" WHERE "actor" = "who" AND ("by_then" IS NULL OR "at" <= "by_then"));

REVOKE EXECUTE ON FUNCTION "stable_instant"(), "has_changed_anything"(text, timestamptz) FROM PUBLIC;
