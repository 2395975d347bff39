import type { FeaturesQuestion, RecordOfHook, Staleness, TableRow } from '@strata/domain/dataset'
import type { RecordId } from '@strata/domain/record'
import DataLoader from 'dataloader'
import type { OutcomeServices } from './services.ts'

export function outcomeLoaders(outcomes: OutcomeServices) {
  return {
    outcomesOfRecord: new DataLoader((ids: readonly RecordId[]) => outcomes.outcomesOf(ids)),
    staleness: new DataLoader<RecordOfHook, Staleness, string>((pairs) => outcomes.stalenessOf(pairs), {
      cacheKeyFn: ({ record, hook }) => `${record} ${hook}`,
    }),
    featuresOfRecord: new DataLoader<FeaturesOfRecord, readonly TableRow[], string>((wanted) => featuresOf(outcomes, wanted), {
      cacheKeyFn: (one) => `${one.record} ${questionKey(one)}`,
    }),
  }
}

interface FeaturesOfRecord extends FeaturesQuestion {
  readonly record: RecordId
}

/** One query for each hook and time that are asked for, however many records there are. */
async function featuresOf(outcomes: OutcomeServices, wanted: readonly FeaturesOfRecord[]): Promise<(readonly TableRow[] | Error)[]> {
  const answers = new Map<FeaturesOfRecord, readonly TableRow[] | Error>()
  for (const group of Map.groupBy(wanted, questionKey).values()) {
    const [question] = group
    if (question === undefined) continue
    const rows = await outcomes
      .featuresOf(
        question,
        group.map(({ record }) => record),
      )
      .catch(asError)
    group.forEach((one, i) => answers.set(one, rows instanceof Error ? rows : (rows[i] ?? [])))
  }
  return wanted.map((one) => answers.get(one) ?? [])
}

function questionKey({ hook, asOf, limit }: FeaturesQuestion): string {
  return `${hook} ${asOf?.toISOString() ?? ''} ${limit}`
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error))
}
