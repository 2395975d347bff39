/** One change of a deploy, in words and with its path in the manifest. */
export interface Change {
  readonly path: string
  readonly kind: 'CREATED' | 'UPDATED' | 'REMOVED'
  readonly summary: string
}
