import { finding } from '../finding.ts'
import type { Check } from '../verification.ts'

/** Port: the runs that rows name, by table. */
export interface VerifiedRows {
  tables(): Promise<readonly string[]>
  /** The next runs that rows of this table name, and which of them cannot have made rows here. */
  runsIn(
    table: string,
    after: string | undefined,
    limit: number,
  ): Promise<readonly { readonly run: string; readonly fault: string | undefined }[]>
}

const runsAtOnce = 500

/** Finds rows that no check of a run would see, because their run does not exist. */
export function rowsCheck(rows: VerifiedRows): Check {
  return {
    name: 'rows',
    inSamples: 'WHOLE',
    measure: async (seed) => ({ of: (await rows.tables()).length, selection: { seed, below: undefined } }),
    async page(after) {
      const [was, run] = after?.split('/') ?? []
      const tables = await rows.tables()
      const table = run === undefined || run === '' ? tables.find((name) => was === undefined || name > was) : was
      if (table === undefined) return { checked: 0, next: undefined, findings: [] }
      const runs = await rows.runsIn(table, run === '' ? undefined : run, runsAtOnce)
      const isLast = runs.length < runsAtOnce
      return {
        checked: isLast ? 1 : 0,
        next: isLast ? `${table}/` : `${table}/${runs.at(-1)?.run ?? ''}`,
        findings: runs.flatMap((each) =>
          each.fault === undefined
            ? []
            : [finding('STRAY_ROWS', `run:${each.run}`, `features.${table} has rows of this run, and ${each.fault}.`)],
        ),
      }
    },
  }
}
