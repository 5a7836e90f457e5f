-- What the roles of machines may do in the bot's database, and nothing else. Their group's name
-- stands in place of :machines.
-- It is run as the owner of the tables, again and again: each time it says the whole.
-- Policies name session_user: whatever a role calls or sets, that stays who logged in.

REVOKE ALL ON ALL TABLES IN SCHEMA public FROM :machines;
REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM :machines;
GRANT USAGE ON SCHEMA public TO :machines;

-- Who is who. Only the triggers below write here.

CREATE TABLE IF NOT EXISTS portrait_worker_ids (
    worker_id bigint PRIMARY KEY REFERENCES procrastinate_workers ON DELETE CASCADE,
    role name NOT NULL
);

-- The job that a role has. A role is here once, so no two at the same time.
CREATE TABLE IF NOT EXISTS portrait_leases (
    role name PRIMARY KEY,
    engine_id bigint NOT NULL UNIQUE REFERENCES procrastinate_jobs ON DELETE CASCADE,
    job_id integer NOT NULL
);

CREATE OR REPLACE FUNCTION portrait_my_workers() RETURNS bigint[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT coalesce(array_agg(worker_id), '{}') FROM portrait_worker_ids WHERE role = session_user
$$;

CREATE OR REPLACE FUNCTION portrait_my_machines() RETURNS text[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT coalesce(array_agg(name), '{}') FROM machines WHERE role = session_user
$$;

CREATE OR REPLACE FUNCTION portrait_my_place() RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT engine_id FROM portrait_leases WHERE role = session_user
$$;

CREATE OR REPLACE FUNCTION portrait_my_job() RETURNS integer
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT jobs.id FROM portrait_leases
    JOIN jobs ON jobs.id = portrait_leases.job_id AND jobs.engine_id = portrait_leases.engine_id
    WHERE role = session_user
$$;

REVOKE ALL ON FUNCTION portrait_my_workers(), portrait_my_machines(), portrait_my_place(),
    portrait_my_job() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION portrait_my_workers(), portrait_my_machines(), portrait_my_place(),
    portrait_my_job() TO :machines;

-- The engine's list of workers: a role writes its own, and sees the numbers of all.

CREATE OR REPLACE FUNCTION portrait_note_worker() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    INSERT INTO portrait_worker_ids VALUES (NEW.id, session_user);
    RETURN NULL;
END;
$$;

CREATE OR REPLACE TRIGGER portrait_note_worker AFTER INSERT ON procrastinate_workers
FOR EACH ROW EXECUTE FUNCTION portrait_note_worker();

GRANT SELECT, INSERT (last_heartbeat), UPDATE (last_heartbeat), DELETE
    ON procrastinate_workers TO :machines;
ALTER TABLE procrastinate_workers ENABLE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS machines_read ON procrastinate_workers;
CREATE POLICY machines_read ON procrastinate_workers FOR SELECT TO :machines USING (true);
DROP POLICY IF EXISTS machines_insert ON procrastinate_workers;
CREATE POLICY machines_insert ON procrastinate_workers FOR INSERT TO :machines
    WITH CHECK (last_heartbeat <= clock_timestamp());
DROP POLICY IF EXISTS machines_update ON procrastinate_workers;
CREATE POLICY machines_update ON procrastinate_workers FOR UPDATE TO :machines
    USING (id = ANY ((SELECT portrait_my_workers())::bigint[]))
    WITH CHECK (last_heartbeat <= clock_timestamp());
DROP POLICY IF EXISTS machines_delete ON procrastinate_workers;
CREATE POLICY machines_delete ON procrastinate_workers FOR DELETE TO :machines
    USING (id = ANY ((SELECT portrait_my_workers())::bigint[]));

-- The engine's line: a role sees what waits and what it has; it takes one job, and gives it back
-- or takes it off. The engine's functions ask nobody who they are, so the trigger does.

CREATE OR REPLACE FUNCTION portrait_guard_line() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    ours CONSTANT boolean := session_user = current_user
        OR (SELECT rolsuper FROM pg_roles WHERE rolname = session_user);
    changed CONSTANT text[] := ARRAY(
        SELECT key FROM jsonb_each(to_jsonb(NEW)) WHERE value <> to_jsonb(OLD) -> key ORDER BY key
    );
BEGIN
    IF OLD.status = 'todo' AND NEW.status = 'doing' AND NOT ours THEN
        IF changed <@ '{status, worker_id}' AND NEW.worker_id = ANY (portrait_my_workers()) THEN
            IF NOT EXISTS (SELECT FROM machines WHERE role = session_user)
                    OR EXISTS (SELECT FROM machines
                               WHERE role = session_user AND (paused OR draining))
                    OR EXISTS (SELECT FROM choices WHERE name = 'paused') THEN
                RETURN NULL;  -- as if nothing waited
            END IF;
            INSERT INTO portrait_leases
                VALUES (session_user, NEW.id, (NEW.args ->> 'job_id')::integer)
                ON CONFLICT (role) DO NOTHING;
            IF FOUND THEN
                RETURN NEW;
            END IF;
            RETURN NULL;
        END IF;
    ELSIF OLD.status = 'doing' AND NEW.status <> 'doing' AND (
            ours OR (NEW.status IN ('todo', 'failed')
                     AND changed <@ '{attempts, scheduled_at, status}'
                     AND NEW.attempts <= OLD.attempts + 1
                     AND (NEW.scheduled_at IS NULL OR NEW.scheduled_at <= now()))) THEN
        DELETE FROM portrait_leases WHERE engine_id = OLD.id;
        RETURN NEW;
    ELSIF ours OR (NEW.worker_id IS NULL AND changed <@ '{worker_id}') THEN
        RETURN NEW;  -- a worker was taken off the list
    END IF;
    RAISE insufficient_privilege USING MESSAGE = 'a machine may not change this of the line';
END;
$$;

CREATE OR REPLACE TRIGGER portrait_guard_line BEFORE UPDATE ON procrastinate_jobs
FOR EACH ROW EXECUTE FUNCTION portrait_guard_line();

GRANT SELECT, DELETE,
    UPDATE (status, worker_id, attempts, scheduled_at, priority, queue_name, lock)
    ON procrastinate_jobs TO :machines;
ALTER TABLE procrastinate_jobs ENABLE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS machines_read ON procrastinate_jobs;
CREATE POLICY machines_read ON procrastinate_jobs FOR SELECT TO :machines
    USING (status = 'todo' OR worker_id = ANY ((SELECT portrait_my_workers())::bigint[]));
DROP POLICY IF EXISTS machines_update ON procrastinate_jobs;
CREATE POLICY machines_update ON procrastinate_jobs FOR UPDATE TO :machines
    USING (status = 'todo' OR id = (SELECT portrait_my_place())) WITH CHECK (true);
DROP POLICY IF EXISTS machines_delete ON procrastinate_jobs;
CREATE POLICY machines_delete ON procrastinate_jobs FOR DELETE TO :machines
    USING (id = (SELECT portrait_my_place()));

-- What the engine notes by its own triggers it notes as the owner, whoever set them off.
DO $$ DECLARE one regprocedure; BEGIN
    FOR one IN SELECT oid FROM pg_proc
               WHERE proname LIKE 'procrastinate%' AND prorettype = 'trigger'::regtype LOOP
        EXECUTE 'ALTER FUNCTION ' || one || ' SECURITY DEFINER SET search_path = public, pg_temp';
    END LOOP;
END $$;

-- A machine's own row. What the bot reads of it has the shape that the bot expects.

GRANT SELECT, INSERT,
    UPDATE (channel, device, version, offers, seconds, state, trouble, draining, started, seen)
    ON machines TO :machines;
ALTER TABLE machines ENABLE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS machines_read ON machines;
CREATE POLICY machines_read ON machines FOR SELECT TO :machines
    USING (role = session_user::text);
DROP POLICY IF EXISTS machines_insert ON machines;
CREATE POLICY machines_insert ON machines FOR INSERT TO :machines
    WITH CHECK (role = session_user::text AND NOT paused
                AND cardinality(portrait_my_machines()) < 4);
DROP POLICY IF EXISTS machines_update ON machines;
CREATE POLICY machines_update ON machines FOR UPDATE TO :machines
    USING (role = session_user::text);
DROP POLICY IF EXISTS machines_in_shape ON machines;
CREATE POLICY machines_in_shape ON machines AS RESTRICTIVE TO :machines
    USING (true) WITH CHECK (
        channel ~ '^[0-9a-f]{32}$'
        AND seen <= timezone('UTC', clock_timestamp())
        AND length(device) <= 200 AND length(version) <= 64
        AND octet_length(concat(offers, seconds, trouble)) <= 65536
        AND offers::jsonb @? '$ ? (@.models.type() == "object" && @.loras.type() == "object"
            && @.turbo.type() == "string" && @.meets.type() == "array")'
        AND NOT offers::jsonb @? '$.*.* ? (@.type() != "string")'
        AND NOT offers::jsonb @? '$.meets[*] ? (@.type() != "string")'
        AND NOT seconds::jsonb @? '$.* ? (@.type() != "number" || @ < 0 || @ > 86400)'
        AND (trouble IS NULL OR trouble::jsonb @?
             '$ ? (@.id.type() == "string" && @.fields.type() == "object")')
    );

-- The job that it has: what it draws by, and what became of it.

GRANT SELECT (id, state, cancel_wanted, turn, needs, engine_id, machine, name, traits, words, mode,
              mode_name, steps, seed, near, count, style, size, scenes, english, loras, remarks,
              model, pictures),
    UPDATE (state, claimed, machine, mode_name, steps, remarks, prompts, model, pictures, seconds,
            timing_key, failure)
    ON jobs TO :machines;
ALTER TABLE jobs ENABLE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS machines_read ON jobs;
CREATE POLICY machines_read ON jobs FOR SELECT TO :machines
    USING (id = (SELECT portrait_my_job()));
DROP POLICY IF EXISTS machines_update ON jobs;
CREATE POLICY machines_update ON jobs FOR UPDATE TO :machines
    USING (id = (SELECT portrait_my_job())
           AND (state = 'queued' OR (state = 'running' AND machine = ANY (portrait_my_machines()))))
    WITH CHECK (
        (state = 'queued' OR (state IN ('running', 'generated', 'failed', 'cancelled')
                              AND machine = ANY (portrait_my_machines())))
        AND (timing_key IS NULL OR right(timing_key, length(machine) + 2) = ' @' || machine)
        AND (seconds IS NULL OR seconds BETWEEN 0 AND 86400)
        AND octet_length(concat(remarks, prompts, pictures, failure, model, mode_name, timing_key))
            <= 262144
        AND (failure IS NULL OR failure::jsonb @?
             '$ ? (@.id.type() == "string" && @.fields.type() == "object")')
    );

GRANT SELECT ON job_faces TO :machines;
ALTER TABLE job_faces ENABLE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS machines_read ON job_faces;
CREATE POLICY machines_read ON job_faces FOR SELECT TO :machines
    USING (job_id = (SELECT portrait_my_job()));

GRANT SELECT (id, image, embedding) ON faces TO :machines;
ALTER TABLE faces ENABLE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS machines_read ON faces;
CREATE POLICY machines_read ON faces FOR SELECT TO :machines
    USING (id IN (SELECT face_id FROM job_faces WHERE job_id = (SELECT portrait_my_job())));

-- Its pictures: put there, numbered anew and taken away, never looked at. They are PNGs of less than
-- 4096 pixels a side, as their first bytes say: the bot opens them.

GRANT SELECT (job_id, number), INSERT, UPDATE (number), DELETE ON drawn_pictures TO :machines;
ALTER TABLE drawn_pictures ENABLE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS machines_own ON drawn_pictures;
CREATE POLICY machines_own ON drawn_pictures TO :machines
    USING (job_id = (SELECT portrait_my_job()))
    WITH CHECK (
        octet_length(png) <= 33554432
        -- Of a sealed one (its beginning is sealing.py's MAGIC) the collector looks at the rest.
        AND (substring(png FROM 1 FOR 19) = '\x00706f727472616974207365616c6564203100'
             OR (substring(png FROM 1 FOR 16) = '\x89504e470d0a1a0a0000000d49484452'
                 AND substring(png FROM 17 FOR 3) < '\x000010'
                 AND substring(png FROM 21 FOR 3) < '\x000010'))
        AND EXISTS (SELECT FROM jobs WHERE jobs.id = job_id AND jobs.state = 'running'
                    AND abs(number) BETWEEN 1 AND jobs.count)
    );

-- What the bot draws with, whether its owner has paused it, and the version of the tables.

GRANT SELECT ON choices, alembic_version TO :machines;
ALTER TABLE choices ENABLE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS machines_read ON choices;
CREATE POLICY machines_read ON choices FOR SELECT TO :machines
    USING (name IN ('wanted', 'paused', 'data_key'));  -- of the key only its id
