import type { CitationChange } from '@strata/domain/dataset'
import type { Json } from '@strata/domain/shared'

/** A change on the page of a citation and in the manifest of a download. */
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
