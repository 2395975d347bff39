import type { Digest, RemovalLog, Storage } from '@strata/domain/shared'
import { printRemoval, type Removal } from './removal.ts'

/** Something that a removal still has to do outside its transaction. */
export type Erasure = { readonly withdrawal: string; readonly name: string } & (
  | { readonly kind: 'LOG'; readonly removal: Removal }
  | { readonly kind: 'RUN' | 'FILE' }
)

/** Port: what removals still have to do. Each step can be done again after it was interrupted. */
export interface ErasureLedger {
  /** A page of them, in the order of kinds: LOG, RUN, FILE. */
  waiting(after: Erasure | undefined, limit: number): Promise<readonly Erasure[]>
  /** Erases what the database has of a run that has ended; false while it is under way. */
  eraseRun(erasure: Erasure): Promise<boolean>
  /** Runs `remove` under a lock on the file, unless something else refers to it, and deletes its entry. */
  strikeOff(digest: Digest, remove: () => Promise<void>): Promise<void>
  done(erasure: Erasure): Promise<void>
}

export interface ErasePorts {
  readonly erasures: ErasureLedger
  readonly blobs: Pick<Storage['blobs'], 'remove'>
  readonly log: RemovalLog
  /** Told of each that failed; the others go on. */
  readonly failed: (erasure: Erasure, error: unknown) => void
}

const erasuresAtOnce = 200

/**
 * Tries everything that removals still have to do, once. Returns how many of these steps are done. The entries of the log come first: from
 * the moment that any content is gone, a restore of the database finds the removal.
 */
export async function eraseStored(ports: ErasePorts): Promise<number> {
  let done = 0
  let after: Erasure | undefined
  do {
    const page: readonly Erasure[] = await ports.erasures.waiting(after, erasuresAtOnce)
    for (const erasure of page) {
      try {
        if (await carryOut(ports, erasure)) done += 1
      } catch (error) {
        ports.failed(erasure, error)
      }
    }
    after = page.length < erasuresAtOnce ? undefined : page.at(-1)
  } while (after !== undefined)
  return done
}

async function carryOut({ erasures, blobs, log }: ErasePorts, erasure: Erasure): Promise<boolean> {
  const { name } = erasure
  switch (erasure.kind) {
    case 'LOG':
      await log.add(name, printRemoval(erasure.removal))
      break
    case 'RUN':
      if (!(await erasures.eraseRun(erasure))) return false
      break
    case 'FILE':
      await erasures.strikeOff(name as Digest, () => blobs.remove(name as Digest))
      break
    default:
      erasure satisfies never
  }
  await erasures.done(erasure)
  return true
}
