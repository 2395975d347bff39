-- What Prisma cannot express.

-- The forks of a record: for each fork whose source id is the name of a record, the id in that name.
CREATE INDEX "record_by_forked" ON "record" ((substring("source" ->> 'id' from '^urn:osa:[^:]+:rec:([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})(?:@1)?$')::uuid)) WHERE "source" ->> 'type' = 'fork';
