import { finding } from '../finding.ts'
import type { Check, Sample, Selection } from '../verification.ts'

/** Port: published records with faults. */
export interface VerifiedRecords {
  measure(seed: string, sample: Sample | undefined): Promise<{ readonly of: number; readonly selection: Selection }>
  page(after: string | undefined, limit: number, selection: Selection): Promise<RecordsPage>
}

interface RecordsPage {
  readonly ids: readonly string[]
  /** Records whose typed row is missing or differs from their metadata. */
  readonly typed: readonly { readonly record: string; readonly table: string; readonly isMissing: boolean }[]
  /** Their files that are not stored according to the table of files. */
  readonly files: readonly { readonly record: string; readonly name: string; readonly digest: string }[]
}

const recordsAtOnce = 500

export function recordsCheck(records: VerifiedRecords): Check {
  return {
    name: 'records',
    inSamples: 'SELECTED',
    measure: (seed, sample) => records.measure(seed, sample),
    async page(after, selection) {
      const { ids, typed, files } = await records.page(after, recordsAtOnce, selection)
      return {
        checked: ids.length,
        next: ids.length < recordsAtOnce ? undefined : ids.at(-1),
        findings: [
          ...typed.map(({ record, table, isMissing }) =>
            finding(
              'TYPED_ROW',
              `record:${record}`,
              isMissing ? `${table} has no row of this record.` : `The row of this record in ${table} differs from its metadata.`,
            ),
          ),
          ...files.map(({ record, name, digest }) =>
            finding('RECORD_FILE', `record:${record}`, `Its file "${name}" (${digest}) is not among the stored files.`),
          ),
        ],
      }
    },
  }
}
