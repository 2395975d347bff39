import { newStagingId, type Bytes, type StagingId } from '@strata/domain/shared'
import { noQuota, requireBytes, requireRoom, roomFor, type UploadQuota } from './upload-quota.ts'
import type { UploadSessions } from './upload-session.ts'

/** The quota that one single-request upload has reserved for its caller. */
export interface Reservation extends AsyncDisposable {
  readonly id: StagingId
  /** Counts the bytes as they arrive. Reserves more quota when they exceed the declared length. */
  counted(bytes: Bytes): Bytes
}

/** The reservation grows in steps: few steps for large content, a small reservation for small content. */
const step = 16 * 1_048_576

/** Counts an upload against its caller's quota from the first byte to the last. Disposing it frees the reservation. */
export async function reserveUpload(
  sessions: UploadSessions,
  { size = 0, quota = noQuota }: { readonly size?: number | undefined; readonly quota?: UploadQuota | undefined },
  actor: string,
): Promise<Reservation> {
  const id = newStagingId()
  await sessions.add({ id, size, createdBy: actor, isResumable: false }, (usage) => requireRoom(quota, usage, size))
  return {
    id,
    async *counted(bytes) {
      let [came, reserved] = [0, size]
      for await (const chunk of bytes) {
        came += chunk.length
        if (came > reserved) {
          const missing = came - reserved
          reserved += await sessions.grow(id, actor, (usage) => {
            requireBytes(quota, usage, missing)
            return roomFor(quota, usage, Math.max(missing, step))
          })
        }
        yield chunk
      }
    },
    [Symbol.asyncDispose]: () => sessions.remove(id),
  }
}
