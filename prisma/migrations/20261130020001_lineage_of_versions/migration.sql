-- A fork's source id is the SRN of the original, with or without a version: forks are found by the record that it names.
DROP INDEX "record_by_forked";
CREATE INDEX "record_by_forked" ON "record" ((substring("source" ->> 'id' from '^urn:osa:[^:]+:rec:([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})(?:@[1-9][0-9]{0,8})?$')::uuid)) WHERE "source" ->> 'type' = 'fork';

-- Withdrawals that ended after a time: what did not count then and counts now.
CREATE INDEX "absence_ended" ON "absence"("convention", "until") WHERE (until IS NOT NULL);
