import type { Srn } from '@strata/domain/shared'

/** The download address of a record's file: a path on the node, below its public address if that is set. */
export function fileAddress(record: Srn, name: string, publicUrl: string | undefined): string {
  // Colons and @ need no escape in a path, and an unescaped SRN is readable.
  const path = `/records/${record}/files/${encodeURIComponent(name)}`
  return publicUrl === undefined ? path : `${publicUrl.replace(/\/+$/, '')}${path}`
}
