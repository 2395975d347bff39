import { finding } from '../finding.ts'
import type { Check } from '../verification.ts'

/** Port: the triggers that protect rows. */
export interface VerifiedGuards {
  /** The number of tables, and the disabled or missing triggers of each. */
  lacking(): Promise<{ readonly tables: number; readonly lacking: readonly { readonly table: string; readonly what: string }[] }>
}

export function guardsCheck(guards: VerifiedGuards): Check {
  return {
    name: 'guards',
    inSamples: 'WHOLE',
    measure: async (seed) => ({ of: (await guards.lacking()).tables, selection: { seed, below: undefined } }),
    async page() {
      const { tables, lacking } = await guards.lacking()
      return {
        checked: tables,
        next: undefined,
        findings: lacking.map(({ table, what }) => finding('GUARD_MISSING', `table:${table}`, what)),
      }
    },
  }
}
