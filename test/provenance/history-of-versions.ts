const hour = 3_600_000

/** One version of a record in a history. */
export interface Version {
  readonly id: string
  readonly convention: string
  readonly at: Date
  readonly identity: string
  readonly version: number
  readonly source: string
  /** What it is counted under. */
  readonly counted: { readonly schema: string; readonly major: number }
}

interface Pen {
  chance(): number
  below(n: number): number
  pick<T>(from: readonly T[]): T
  uuid(): string
  insert(table: string, row: Record<string, unknown>): Promise<void>
  count(version: Version, records: number): Promise<void>
  readonly actors: readonly string[]
  readonly schemas: readonly { readonly id: string; readonly version: string }[]
}

/** Gives some records a second version and a third, and withdraws some of any after that, for a while or for good. */
export async function writeVersions(firsts: readonly Version[], pen: Pen): Promise<readonly Version[]> {
  const written: Version[] = []
  for (const first of firsts) {
    let newest = first
    while (newest.version < 3 && pen.chance() < 0.35) {
      newest = await revise(newest, pen)
      written.push(newest)
    }
    if (pen.chance() < 0.2) await withdraw(newest, pen)
  }
  return written
}

async function revise(before: Version, { below, pick, uuid, insert, count, actors, schemas }: Pen): Promise<Version> {
  const schema = pick(schemas)
  const revision = {
    ...before,
    id: uuid(),
    at: new Date(before.at.getTime() + 1 + below(10 * hour)),
    version: before.version + 1,
    counted: { schema: schema.id, major: Number(schema.version[0]) },
  }
  await insert('record', {
    id: revision.id,
    first_version: revision.identity,
    version: revision.version,
    convention: revision.convention,
    schema_id: schema.id,
    schema_version: schema.version,
    metadata: '{}',
    published_at: revision.at,
    published_by: pick(actors),
    source: revision.source,
  })
  await insert('absence', { record: before.id, convention: before.convention, since: revision.at })
  await count(before, -1)
  await count(revision, 1)
  return revision
}

async function withdraw(version: Version, { chance, below, pick, uuid, insert, count, actors }: Pen): Promise<void> {
  const at = new Date(version.at.getTime() + 1 + below(10 * hour))
  const restored = chance() < 0.5 ? new Date(at.getTime() + 1 + below(10 * hour)) : null
  const withdrawal = uuid()
  await insert('withdrawal', {
    id: withdrawal,
    record: version.identity,
    convention: version.convention,
    kind: 'RETRACTED',
    reason: 'It was wrong.',
    actor: pick(actors),
    at,
    ...(restored === null ? {} : { restored_at: restored, restored_by: pick(actors), restored_reason: 'It was right.' }),
  })
  await insert('absence', { record: version.id, convention: version.convention, since: at, until: restored, withdrawal })
  if (restored === null) await count(version, -1)
}
