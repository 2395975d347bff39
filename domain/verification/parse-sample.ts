import { BadUserInput } from '@strata/domain/shared'
import type { Sample } from './verification.ts'

/** `1%`, `0.5%` or a whole number. */
export function parseSample(text: string): Sample {
  const [, part] = /^(\d+(?:\.\d+)?)%$/.exec(text) ?? []
  if (part !== undefined && Number(part) > 0 && Number(part) <= 100) return { kind: 'part', percent: Number(part) }
  if (/^[1-9]\d{0,8}$/.test(text)) return { kind: 'number', count: Number(text) }
  throw new BadUserInput(
    `"${text.slice(0, 80)}" is not a sample: give a part of the archive, as in --sample 1%, or a number of records, runs and files, as in --sample 1000.`,
    'sample',
  )
}
