import type { MissingTool } from '../support/available.ts'
import type { SkippedTest, Tally, TestFile } from './tally.ts'

/** What a person reads at the end: the slowest files, one line for each missing tool, what else was skipped, and what failed. */
export function summary(tally: Tally, missing: readonly MissingTool[]): readonly string[] {
  return [...slowest(tally.files), ...skips(tally.skipped, missing), ...tally.failed.map((name) => `failed: ${name}`)]
}

function slowest(files: readonly TestFile[]): readonly string[] {
  if (files.length <= 10) return []
  const ten = files.toSorted((a, b) => b.milliseconds - a.milliseconds).slice(0, 10)
  return ['slowest files:', ...ten.map(({ name, milliseconds }) => `${(milliseconds / 1_000).toFixed(1).padStart(8)} s  ${name}`)]
}

/** A file that needs several tools counts for the first that is missing. */
function skips(skipped: readonly SkippedTest[], missing: readonly MissingTool[]): readonly string[] {
  const toolOf = new Map(missing.toReversed().map((one) => [one.file, one]))
  const byTool = Map.groupBy(
    skipped.filter(({ reason }) => reason === undefined),
    ({ file }) => toolOf.get(file)?.name,
  )
  const sentences = new Map(missing.map(({ name, missing: sentence }) => [name, sentence]))
  return [...byTool]
    .flatMap(([tool, tests]) =>
      tool === undefined
        ? tests.map(line)
        : [`skipped: ${tests.length} ${tests.length === 1 ? 'test' : 'tests'} that need ${tool}: ${sentences.get(tool)}`],
    )
    .concat(skipped.filter(({ reason }) => reason !== undefined).map(line))
}

function line({ name, reason }: SkippedTest): string {
  return `skipped: ${name}${reason === undefined ? '' : ` (${reason})`}`
}
