import { parseFilter, type HookTableToRead, type ReadableDataset } from '@strata/domain/dataset'
import type { FeatureSpec } from '@strata/domain/registry'
import { BadUserInput, didYouMean, NotFound, requirePast, type HookName } from '@strata/domain/shared'
import type { ComparedRelease, DiffRequest, ReleaseDiff } from './release-diff.ts'

export interface DiffInput {
  readonly hook: string
  readonly from: number
  readonly to: number
  readonly convention?: string | null | undefined
  readonly filter?: unknown
  readonly tolerance?: number | null | undefined
  readonly examples?: number | null | undefined
  readonly asOf?: Date | null | undefined
}

/** Port: compares releases. All counts are exact. */
export interface ReleaseDiffs {
  hook(name: string): Promise<ComparedHook | undefined>
  hookNames(): Promise<readonly string[]>
  readable(convention: string): Promise<ReadableDataset | undefined>
  compare(request: DiffRequest): Promise<ReleaseDiff>
}

interface ComparedHook {
  readonly name: HookName
  readonly feature: FeatureSpec
  /** Oldest first. */
  readonly releases: readonly ComparedRelease[]
  /** The conventions that use it. */
  readonly conventions: readonly string[]
}

const mostExamples = 200

/** Compares two releases of a hook. */
export async function diffReleases(diffs: ReleaseDiffs, input: DiffInput): Promise<ReleaseDiff> {
  const hook = await requireHook(diffs, input.hook)
  const table = tableOf(hook)
  return diffs.compare({
    table,
    from: releaseOf(hook, input.from, 'from'),
    to: releaseOf(hook, input.to, 'to'),
    convention: input.convention ?? undefined,
    filter: await filterOf(diffs, hook, input),
    tolerance: parseTolerance(input.tolerance),
    examples: parseExamples(input.examples),
    asOf: requirePast(input.asOf),
  })
}

async function requireHook(diffs: ReleaseDiffs, name: string): Promise<ComparedHook> {
  const hook = await diffs.hook(name)
  if (hook !== undefined) return hook
  throw new NotFound(`There is no hook "${name.slice(0, 80).toWellFormed()}".${didYouMean(name, await diffs.hookNames())}`, 'hook')
}

function tableOf({ name, feature, releases }: ComparedHook): HookTableToRead {
  if (feature.kind === 'table') return { kind: 'hook', name, newest: releases.length, columns: feature.columns }
  throw new BadUserInput(`"${name}" makes no table: it makes mappings, which have their own history.`, 'hook')
}

function releaseOf({ name, releases }: ComparedHook, version: number, field: string): ComparedRelease {
  const release = releases.find((one) => one.version === version)
  if (release !== undefined) return release
  const has = releases.length === 0 ? 'none yet' : releases.length === 1 ? 'version 1 alone' : `versions 1 to ${releases.length}`
  throw new NotFound(`"${name}" has no version ${version}; it has ${has}.`, field)
}

/** Parses the filter against the dataset of the named convention, or of the only one that uses the hook. */
async function filterOf(diffs: ReleaseDiffs, hook: ComparedHook, { filter, convention }: DiffInput): Promise<DiffRequest['filter']> {
  if (convention != null && !hook.conventions.includes(convention)) {
    throw new NotFound(
      `No convention "${convention.slice(0, 80).toWellFormed()}" uses "${hook.name}"; ${hook.conventions.join(', ') || 'none at all'} does.${didYouMean(convention, hook.conventions)}`,
      'convention',
    )
  }
  if (filter === undefined || filter === null) return undefined
  const [only, ...others] = convention == null ? hook.conventions : [convention]
  if (only === undefined || others.length > 0) {
    throw new BadUserInput(
      `A filter needs "convention" here: the conventions that use "${hook.name}" are ${hook.conventions.join(', ') || 'none'}.`,
      'convention',
    )
  }
  const dataset = await diffs.readable(only)
  const table = dataset?.tables.find(({ name }) => name === hook.name)
  if (dataset === undefined || table === undefined) throw new NotFound(`The dataset "${only}" has no table "${hook.name}".`, 'convention')
  return { predicate: parseFilter(filter, { dataset, table }), dataset }
}

function parseTolerance(tolerance: number | null | undefined): number {
  const given = tolerance ?? 0
  if (Number.isFinite(given) && given >= 0) return given
  throw new BadUserInput(
    '"tolerance" is 0 or more: numbers a and b count as the same when |a - b| <= tolerance * max(1, |a|, |b|).',
    'tolerance',
  )
}

function parseExamples(examples: number | null | undefined): number {
  const given = examples ?? 20
  if (Number.isInteger(given) && given >= 0 && given <= mostExamples) return given
  throw new BadUserInput(`"examples" is 0 to ${mostExamples}; use rows(release: …) for all rows of a release.`, 'examples')
}
