import { recordRefOf, recordSrn, type RecordId, type RecordName, type RecordNames, type RecordRef } from '@strata/domain/record'
import type { Srn } from '@strata/domain/shared'
import DataLoader from 'dataloader'
import { existing } from './existing.ts'

/** Between the ids of versions and the names that people use. */
export function recordNameLoaders(names: RecordNames) {
  return {
    recordName: new DataLoader((ids: readonly RecordId[]) => names.namesOf(ids)),
    recordId: new DataLoader((refs: readonly RecordRef[]) => names.idsOf(refs), {
      cacheKeyFn: ({ identity, version }) => `${identity}@${version ?? ''}`,
    }),
  }
}

interface Naming<Loaders> {
  readonly loaders: Loaders
  readonly domain: string
}

/** What people call a version of a record. */
export async function srnOf(
  id: RecordId,
  { loaders, domain }: Naming<{ readonly recordName: { load(id: RecordId): Promise<RecordName | undefined> } }>,
): Promise<Srn> {
  return recordSrn(domain, existing(await loaders.recordName.load(id), 'record'))
}

/** The version that a name means here; without a version, the newest. */
export async function recordNamed(
  srn: Srn,
  { loaders, domain }: Naming<{ readonly recordId: { load(ref: RecordRef): Promise<RecordId | undefined> } }>,
): Promise<RecordId | undefined> {
  const ref = recordRefOf(srn, domain)
  return ref === undefined ? undefined : loaders.recordId.load(ref)
}
