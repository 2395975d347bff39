import type { Srn } from '@strata/domain/shared'

/** Where a record's file is downloaded: the path on the node, below its public address when that is known. */
export function fileAddress(record: Srn, name: string, publicUrl: string | undefined): string {
  // A path may contain the colons and the @ of an SRN unescaped, and is then readable.
  const path = `/records/${record}/files/${encodeURIComponent(name)}`
  return publicUrl === undefined ? path : `${publicUrl.replace(/\/+$/, '')}${path}`
}
