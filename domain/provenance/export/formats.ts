import type { Json } from '@strata/domain/shared'
import type { Exported } from './exported.ts'
import { toOpenLineage } from './openlineage.ts'
import { toProvJson } from './prov-json.ts'
import { toRoCrate } from './ro-crate.ts'

export interface ExportFormat {
  /** The extension in the address of an export. */
  readonly suffix: string
  readonly mediaType: string
  readonly print: (exported: Exported) => Json
}

/** The query parameters of an export's address. */
export const exportParameters = ['direction', 'maxNodes', 'asOf'] as const

export const exportFormats: readonly ExportFormat[] = [
  { suffix: '.prov.json', mediaType: 'application/json', print: toProvJson },
  { suffix: '.ro-crate.json', mediaType: 'application/ld+json', print: toRoCrate },
  { suffix: '.openlineage.json', mediaType: 'application/json', print: toOpenLineage },
]
