import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'

/** Documents by all of their ids: the one in the manifest, and their SHA-256. */
export type Manifest = ReadonlyMap<string, string>

/** Reads `{ "<sha256>": "<document>" }`, or a persisted query manifest as Apollo's tools write it. */
export async function readManifest(path: string): Promise<Manifest> {
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw fault(`cannot be read (${cause instanceof Error ? cause.message : String(cause)})`)
  })
  return parseManifest(text)
}

function parseManifest(text: string): Manifest {
  const manifest = new Map<string, string>()
  for (const { id, body } of entriesOf(jsonOf(text))) manifest.set(id, body).set(sha256(body), body)
  if (manifest.size === 0) throw fault('holds no documents')
  return manifest
}

export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

interface Entry {
  readonly id: string
  readonly body: string
}

function entriesOf(content: unknown): Entry[] {
  if (!isRecord(content)) throw fault('is no JSON object')
  if (content['format'] === 'apollo-persisted-query-manifest') {
    const { operations } = content
    if (content['version'] !== 1 || !Array.isArray(operations)) throw fault('is of a version that is not known; version 1 is')
    return operations.map((entry: unknown) => {
      if (isRecord(entry) && typeof entry['id'] === 'string' && typeof entry['body'] === 'string')
        return { id: entry['id'], body: entry['body'] }
      throw fault('has an operation without "id" or "body"')
    })
  }
  return Object.entries(content).map(([hash, body]) => {
    if (typeof body !== 'string') throw fault(`has no document for "${hash}"`)
    const id = hash.toLowerCase().replace(/^sha256:/, '')
    if (id !== sha256(body)) throw fault(`has a document under "${hash}" whose SHA-256 is ${sha256(body)}`)
    return { id, body }
  })
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw fault('is not valid JSON')
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function fault(what: string): Error {
  return new Error(`The file that STRATA_DOCUMENTS_MANIFEST names ${what}.`)
}
