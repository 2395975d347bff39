-- The clock of the database may be set back. What is in a known order keeps that order in its times, in milliseconds too, rounded up: callers
-- ask for times in those.

-- Moves of a pointer come one after the other, under the lock on their hook.
CREATE FUNCTION "follow_move"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW."at" := greatest(NEW."at", (SELECT date_trunc('milliseconds', "at" + interval '999 microseconds') + interval '1 millisecond'
        FROM "pointer_event" WHERE "hook" = NEW."hook" AND "position" < NEW."position" ORDER BY "position" DESC LIMIT 1));
    RETURN NEW;
END
$$;
CREATE TRIGGER "pointer_event_follows" BEFORE INSERT ON "pointer_event" FOR EACH ROW
    WHEN (NEW."position" > 1) EXECUTE FUNCTION "follow_move"();

CREATE FUNCTION "follow_state"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW."at" := greatest(NEW."at", (SELECT date_trunc('milliseconds', max("at") + interval '999 microseconds') + interval '1 millisecond'
        FROM "release_state_event" WHERE "release_id" = NEW."release_id"));
    RETURN NEW;
END
$$;
CREATE TRIGGER "release_state_event_follows" BEFORE INSERT ON "release_state_event" FOR EACH ROW EXECUTE FUNCTION "follow_state"();

-- A run is made after its hook's pointer was moved, starts after it was made, and ends after that.
CREATE FUNCTION "follow_pointer"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW."created_at" := greatest(NEW."created_at",
        (SELECT "at" FROM "pointer_event" WHERE "hook" = NEW."hook" ORDER BY "position" DESC LIMIT 1));
    RETURN NEW;
END
$$;
CREATE TRIGGER "hook_run_follows" BEFORE INSERT ON "hook_run" FOR EACH ROW EXECUTE FUNCTION "follow_pointer"();

CREATE FUNCTION "order_run"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- greatest() passes over nulls, so a time that there is none of stays null here.
    IF NEW."started_at" IS NOT NULL THEN NEW."started_at" := greatest(NEW."started_at", NEW."created_at"); END IF;
    IF NEW."finished_at" IS NOT NULL THEN NEW."finished_at" := greatest(NEW."finished_at", NEW."started_at", NEW."created_at"); END IF;
    IF NEW."committed_at" IS NOT NULL THEN NEW."committed_at" := greatest(NEW."committed_at", NEW."started_at", NEW."created_at"); END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER "hook_run_is_in_order" BEFORE UPDATE OF "started_at", "finished_at", "committed_at" ON "hook_run" FOR EACH ROW
    EXECUTE FUNCTION "order_run"();

-- An attempt's times are those of the worker's machine.
CREATE FUNCTION "order_attempt"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        NEW."started_at" := greatest(NEW."started_at", (SELECT "started_at" FROM "hook_run" WHERE "id" = NEW."run"));
    END IF;
    IF NEW."finished_at" IS NOT NULL THEN NEW."finished_at" := greatest(NEW."finished_at", NEW."started_at"); END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER "run_attempt_is_in_order" BEFORE INSERT OR UPDATE OF "finished_at" ON "run_attempt" FOR EACH ROW
    EXECUTE FUNCTION "order_attempt"();
