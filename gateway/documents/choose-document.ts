import { BadUserInput, Forbidden } from '@strata/domain/shared'
import { sha256, type Manifest } from './manifest.ts'

export interface SentDocument {
  readonly query?: string | undefined
  readonly documentId?: string | undefined
  readonly extensions?: Readonly<Record<string, unknown>> | undefined
}

/**
 * The requested document, if the manifest has it. With `only`, any other document is refused; otherwise it runs as it was
 * sent.
 */
export function chooseDocument(sent: SentDocument, o: { accept: 'any' | 'only'; manifest: Manifest }): string | undefined {
  const id = idOf(sent)
  if (sent.query !== undefined) {
    const hash = sha256(sent.query)
    if (id !== undefined && o.manifest.has(id) && o.manifest.get(id) !== sent.query) {
      throw new BadUserInput('The id and the text are those of different documents; send only one of them.')
    }
    if (o.manifest.has(hash)) return sent.query
    if (o.accept === 'only') {
      throw new Forbidden(
        'This archive runs only the documents it knows, and this one is not among them; ask its operator to add it to the manifest.',
      )
    }
    return undefined
  }
  const known = id === undefined ? undefined : o.manifest.get(id)
  if (known !== undefined || o.accept === 'any') return known
  if (id === undefined) {
    throw new BadUserInput('This archive runs only the documents it knows; send the id of one as "documentId", or its whole text.')
  }
  throw new Forbidden(`This archive has no document with the id "${id.slice(0, 80)}"; ask its operator to add it to the manifest.`)
}

function idOf({ documentId, extensions }: SentDocument): string | undefined {
  if (documentId !== undefined) return documentId.replace(/^sha256:/, '')
  const persisted = extensions?.['persistedQuery']
  if (typeof persisted !== 'object' || persisted === null || !('sha256Hash' in persisted)) return undefined
  return typeof persisted.sha256Hash === 'string' ? persisted.sha256Hash : undefined
}
