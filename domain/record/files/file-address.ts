import type { Srn } from '@strata/domain/shared'

/** Where a record's file is downloaded: the path on the node, below its public address when that is known. */
export function fileAddress(record: Srn, name: string, publicUrl: string | undefined): string {
  // Colons and the @ of an SRN may stand in a path as they are; escaped, nobody could read it.
  const path = `/records/${record}/files/${encodeURIComponent(name)}`
  return publicUrl === undefined ? path : `${publicUrl.replace(/\/+$/, '')}${path}`
}
