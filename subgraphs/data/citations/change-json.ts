import type { CitationChange } from '@strata/domain/dataset'
import type { Json } from '@strata/domain/shared'

/** A change as the page of a citation and the manifest of a download show it. */
export function changeJson(
  { kind, at, record, release }: CitationChange,
  nameOf: (record: NonNullable<CitationChange['record']>) => string,
): Json {
  return {
    kind,
    at: at.toISOString(),
    record: record === undefined ? null : nameOf(record),
    release: release === undefined ? null : { hook: release.hook, version: release.version },
  }
}
