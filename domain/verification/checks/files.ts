import { createHash } from 'node:crypto'
import type { Blobs, Digest } from '@strata/domain/shared'
import { finding, type VerificationFinding } from '../finding.ts'
import type { Check, Sample, Selection } from '../verification.ts'

/** Port: the files that the archive has stored according to its tables. */
export interface VerifiedFiles {
  measure(seed: string, sample: Sample | undefined): Promise<{ readonly of: number; readonly selection: Selection }>
  page(after: string | undefined, limit: number, selection: Selection): Promise<readonly FileFacts[]>
  isStored(digest: Digest): Promise<boolean>
  /** The first few users of this content, in words. */
  usersOf(digest: Digest): Promise<readonly string[]>
}

interface FileFacts {
  readonly digest: Digest
  readonly size: bigint
}

const filesAtOnce = 100
/** The maximum amount read between saves of the progress, and so repeated after a kill. */
const bytesAtOnce = 64n * 2n ** 20n

export interface FilePorts {
  readonly files: VerifiedFiles
  readonly blobs: Pick<Blobs, 'open'>
  /** Why content is unreadable; undefined when the error does not concern the content, such as an unavailable storage. */
  readonly whyUnreadable: (error: unknown) => string | undefined
}

export function filesCheck({ files, blobs, whyUnreadable }: FilePorts): Check {
  return {
    name: 'files',
    inSamples: 'SELECTED',
    measure: (seed, sample) => files.measure(seed, sample),
    async page(after, selection, signal) {
      const page = await files.page(after, filesAtOnce, selection)
      const findings: VerificationFinding[] = []
      let bytes = 0n
      let checked = 0
      for (const file of page) {
        const fault = await faultOf(file, { blobs, whyUnreadable }, signal)
        // The sweep may have removed it since the page was read.
        if (fault !== undefined && (await files.isStored(file.digest))) findings.push(await describe(file, fault))
        bytes += file.size
        checked += 1
        if (bytes >= bytesAtOnce) break
      }
      const isLast = page.length < filesAtOnce && checked === page.length
      return { checked, next: isLast ? undefined : page[checked - 1]?.digest, findings }
    },
  }

  async function describe({ digest }: FileFacts, { kind, what }: Fault): Promise<VerificationFinding> {
    const users = await files.usersOf(digest)
    return finding(kind, `file:${digest}`, `${what} ${users.length === 0 ? 'Nothing published has it.' : `It is ${users.join(', ')}.`}`)
  }
}

interface Fault {
  readonly kind: 'FILE_MISSING' | 'FILE_DAMAGED'
  readonly what: string
}

async function faultOf(
  file: FileFacts,
  { blobs, whyUnreadable }: Omit<FilePorts, 'files'>,
  signal: AbortSignal,
): Promise<Fault | undefined> {
  try {
    return await mismatch(file, blobs, signal)
  } catch (error) {
    const why = whyUnreadable(error)
    if (why === undefined) throw error
    return { kind: 'FILE_DAMAGED', what: `The stored content cannot be read: ${why}.` }
  }
}

async function mismatch({ digest, size }: FileFacts, blobs: Pick<Blobs, 'open'>, signal: AbortSignal): Promise<Fault | undefined> {
  const content = await blobs.open(digest)
  if (content === undefined) return { kind: 'FILE_MISSING', what: 'The storage does not have this content.' }
  const hash = createHash('sha256')
  let bytes = 0n
  for await (const chunk of content) {
    signal.throwIfAborted()
    hash.update(chunk)
    bytes += BigInt(chunk.byteLength)
  }
  const found = `sha256:${hash.digest('hex')}`
  if (found !== digest) return { kind: 'FILE_DAMAGED', what: `The stored content (${bytes} bytes) has the digest ${found}.` }
  return bytes === size
    ? undefined
    : { kind: 'FILE_DAMAGED', what: `The stored content has ${bytes} bytes, and the table of files says ${size}.` }
}
