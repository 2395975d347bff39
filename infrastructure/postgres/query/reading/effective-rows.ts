import { countingReleases, rankReleases, type CountingRelease, type CoverageProfile, type ReleaseStanding } from '@strata/domain/dataset'
import { sql, type RawBuilder } from 'kysely'
import type { Database } from '../../session/connection.ts'
import { absenceOf, anyAbsence } from './counting-versions.ts'
import { hookProfiles } from './kept-counts.ts'
import { releaseStandings } from './release-standings.ts'

/** Which rows of a hook's table are effective for a convention, determined without reading any row. */
export interface EffectiveRows {
  readonly hook: string
  readonly convention: string
  /** The live version, now or at `asOf`. */
  readonly live: number | undefined
  readonly counting: readonly CountingRelease<ReleaseStanding>[]
  /** Whether the table also has rows of other conventions. */
  readonly isShared: boolean
  /** Whether any record was ever validated before it was published. */
  readonly hasCandidates: boolean
  /** Rows of versions that do not count are left out. */
  readonly skipsAbsent: boolean
  readonly asOf: Date | undefined
  /** Whether no run has ended since `asOf`. */
  readonly isAsNow: boolean
}

export interface EffectiveRequest {
  readonly hook: string
  readonly convention: string
  /** Reads the effective rows as of this time, from the logs. */
  readonly asOf?: Date | undefined
  /** Reads all rows of this version, effective or not. */
  readonly release?: number | undefined
  /** Of all versions of records, also those that do not count. */
  readonly allVersions?: boolean
}

export async function readEffective(database: Pick<Database, 'kysely'>, o: EffectiveRequest): Promise<EffectiveRows> {
  const { hook, convention, asOf } = o
  const standings = (await releaseStandings(database, [hook], asOf)).get(hook) ?? []
  const profiles = await hookProfiles(database, { hooks: [hook], conventions: [convention] })
  const { hasAbsences, hasCandidates, isShared, hasComeSince } = await circumstances(database, o)
  const isAsNow = asOf === undefined || !hasComeSince
  const own = profiles.flatMap((one) => one.profiles)
  // Kept counts are of the versions that count now. Others may have had any results.
  const areKept = !hasAbsences || (asOf === undefined && o.allVersions !== true)
  const possible = areKept ? possibleSets(own, isAsNow) : anySets(standings)
  const counting =
    o.release === undefined
      ? countingReleases(rankReleases(standings), possible)
      : standings.filter(({ version }) => version === o.release).map((release) => ({ release, unless: [] }))
  return {
    hook,
    convention,
    live: standings.find(({ isLive }) => isLive)?.version,
    counting,
    isShared,
    hasCandidates,
    skipsAbsent: hasAbsences && o.allVersions !== true,
    asOf,
    isAsNow,
  }
}

type Sets = readonly (readonly number[])[]

/** What a record has results of only grows: before a run ended, it may have had those of any one release alone. */
function possibleSets(profiles: readonly Pick<CoverageProfile, 'results'>[], isAsNow: boolean): Sets {
  const sets = profiles.map(({ results }) => results.map(({ version }) => version))
  return isAsNow ? sets : sets.flatMap((all) => [all, ...all.map((version) => [version])])
}

/** Any release may be the only one with a result, and all may have one. */
function anySets(standings: readonly ReleaseStanding[]): Sets {
  const all = standings.map(({ version }) => version)
  return [all, ...all.map((version) => [version])]
}

interface Circumstances {
  readonly hasAbsences: boolean
  readonly hasCandidates: boolean
  /** The hook has run over records of other conventions. Their kept counts do not say so: records that stopped counting have left them. */
  readonly isShared: boolean
  /** A run has ended since `asOf`. */
  readonly hasComeSince: boolean
}

/** Checked after the counts were read: if nothing has come since `asOf`, the counts are also those of that time. */
async function circumstances(
  { kysely }: Pick<Database, 'kysely'>,
  { hook, convention, asOf }: Pick<EffectiveRequest, 'hook' | 'convention' | 'asOf'>,
): Promise<Circumstances> {
  const hasRun = (where: RawBuilder<unknown>) => sql`exists (select from hook_run where hook = ${hook} and ${where})`
  const { rows } = await sql<Circumstances>`
    select exists (select from ${anyAbsence(convention)}) as "hasAbsences",
      exists (select from candidate) as "hasCandidates",
      (${hasRun(sql`convention < ${convention}`)} or ${hasRun(sql`convention > ${convention}`)}) as "isShared",
      ${asOf === undefined ? sql`false` : hasRun(sql`convention = ${convention} and committed_at > ${asOf}`)} as "hasComeSince"`.execute(
    kysely,
  )
  const [found] = rows
  if (found === undefined) throw new Error('A select of constants has one row.')
  return found
}

/**
 * How the conditions on a row are evaluated. `row by row` uses one look-up per row, which suits a page or chunk in order anywhere
 * in the table. `joined` uses joins, which cost a fraction of that when all rows are read.
 */
export type Lookup = 'row by row' | 'joined'

/** The condition that a row of the hook's table, under this alias, is effective. */
export function isEffectiveRow(rows: EffectiveRows, alias: string, lookup: Lookup): RawBuilder<boolean> {
  const conditions = [isOfCounting(rows, alias, lookup)]
  if (rows.hasCandidates) conditions.push(isPublished(rows, alias, lookup))
  if (rows.skipsAbsent) conditions.push(noneExists(lookup, absenceOf(of(alias, '_record'), rows.asOf)))
  if (rows.isShared) {
    conditions.push(sql`${of(alias, '_run')} in (select id from hook_run where hook = ${rows.hook} and convention = ${rows.convention})`)
  }
  if (rows.asOf !== undefined) {
    // Few runs commit between pages, so this join is cheap.
    const later = sql`hook_run later where later.id = ${of(alias, '_run')} and later.hook = ${rows.hook} and later.committed_at > ${rows.asOf}`
    conditions.push(noneExists(rows.isAsNow ? 'joined' : lookup, later))
  }
  return sql`(${sql.join(conditions, sql` and `)})`
}

/** Whether a row of the hook's table is from a release that is not live. */
export function isStaleRow({ live }: EffectiveRows, alias: string): RawBuilder<boolean> {
  return live === undefined ? sql`true` : sql`(${of(alias, '_version')} <> ${sql.lit(live)})`
}

/** A candidate's rows exist before it becomes a record, and stay if it never does. */
function isPublished({ asOf }: EffectiveRows, alias: string, lookup: Lookup): RawBuilder<boolean> {
  return noneExists(
    lookup,
    sql`candidate
    where candidate.id = ${of(alias, '_record')} and not exists (
      select from record where record.id = candidate.id ${asOf === undefined ? sql`` : sql`and published_at <= ${asOf}`}
    )`,
  )
}

function isOfCounting({ counting, asOf }: EffectiveRows, alias: string, lookup: Lookup): RawBuilder<boolean> {
  if (counting.length === 0) return sql`false`
  const isCounting = isOneOf(
    alias,
    counting.map(({ release }) => release),
  )
  const overtaken = counting.filter(({ unless }) => unless.length > 0)
  if (overtaken.length === 0) return isCounting
  const byOvertaking = Map.groupBy(
    overtaken.flatMap(({ release, unless }) => unless.map((by) => ({ release, by }))),
    ({ by }) => by.id,
  )
  const pairs = byOvertaking.entries().map(
    ([by, those]) =>
      sql`(overtaking.release_id = ${by}::uuid and ${isOneOf(
        alias,
        those.map(({ release }) => release),
      )})`,
  )
  const won = asOf === undefined ? sql`lost_at is null` : sql`won_at <= ${asOf} and (lost_at is null or lost_at > ${asOf})`
  const isAlone = noneExists(
    lookup,
    sql`run_outcome overtaking
    where overtaking.record = ${of(alias, '_record')} and won_at is not null and ${won}
      and overtaking.release_id in (${sql.join([...byOvertaking.keys()].map((by) => sql`${by}::uuid`))}) and (${sql.join([...pairs], sql` or `)})`,
  )
  if (lookup === 'joined') return sql`${isCounting} and ${isAlone}`
  return sql`${isCounting} and (not ${isOneOf(
    alias,
    overtaken.map(({ release }) => release),
  )} or ${isAlone})`
}

/**
 * Postgres plans NOT EXISTS as an anti-join and the scalar subquery as a per-row look-up. An anti-join may start at the first record
 * of the archive to reach the rows of a chunk far behind it.
 */
export function noneExists(lookup: Lookup, from: RawBuilder<unknown>): RawBuilder<boolean> {
  return lookup === 'joined' ? sql`not exists (select from ${from})` : sql`(select true from ${from} limit 1) is null`
}

function isOneOf(alias: string, releases: readonly ReleaseStanding[]): RawBuilder<boolean> {
  return sql`${of(alias, '_version')} in (${sql.join(releases.map(({ version }) => sql.lit(version)))})`
}

function of(alias: string, column: string): RawBuilder<unknown> {
  return sql.id(alias, column)
}
