import { Conflict, isStagingId, newStagingId, NotFound, Refusal, type Bytes, type Digest, type StagingId } from '@strata/domain/shared'
import { keepStaged, type UploadPorts } from './upload-file.ts'
import { checkUpload, type UploadInput, type UploadLimits } from './upload-rules.ts'
import { noQuota, requireRoom } from './upload-quota.ts'
import type { UploadSession, UploadSessions } from './upload-session.ts'

export type ResumePorts = UploadPorts

export interface UploadProgress {
  readonly id: StagingId
  readonly offset: number
  readonly size: number
  /** Known when the upload is complete. */
  readonly digest?: Digest
}

/** Begins an upload that can be interrupted and resumed. */
export async function beginUpload(
  ports: ResumePorts,
  input: UploadInput & { readonly size: number },
  limits: UploadLimits,
  actor: string,
): Promise<UploadProgress> {
  await checkUpload(input, ports.files, limits)
  const session = { ...input, id: newStagingId(), createdBy: actor, isResumable: true }
  // From now on, the whole declared length counts against the quota.
  await ports.sessions.add(session, (usage) => requireRoom(limits.quota ?? noQuota, usage, input.size))
  // An empty upload gets no data that would finish it.
  return input.size === 0 ? finish(ports, session, actor) : progressOf(session, 0)
}

export async function uploadProgress({ sessions, storage }: ResumePorts, id: string, actor: string): Promise<UploadProgress> {
  const session = await ownSession(sessions, id, actor)
  return progressOf(session, session.digest === undefined ? await storage.staging.offset(session.id) : session.size)
}

/** Appends to an upload. The last byte stores the file. A call without bytes at the end finishes an interrupted last step. */
export async function continueUpload(
  ports: ResumePorts,
  { id, at, bytes }: { readonly id: string; readonly at: number; readonly bytes: Bytes },
  actor: string,
): Promise<UploadProgress> {
  const { sessions, storage } = ports
  const session = await ownSession(sessions, id, actor)
  if (session.digest !== undefined) {
    if (at === session.size) return progressOf(session, session.size)
    throw new Conflict(`This upload is complete: it has ${session.size} bytes.`, 'upload-offset')
  }
  await sessions.touch(session.id)
  const { size } = await storage.staging.append(session.id, bytes, { at, limit: session.size })
  if (size < session.size) return progressOf(session, size)

  return finish(ports, session, actor)
}

async function finish(ports: ResumePorts, session: UploadSession, actor: string): Promise<UploadProgress> {
  const { sessions, storage } = ports
  const staged = await storage.staging.seal(session.id)
  const { digest } = await keepStaged(ports, staged, session, actor, session.id).catch(async (fault: unknown) => {
    // The client cannot correct a refused upload by sending more. After any other failure, the bytes stay for another try.
    if (fault instanceof Refusal) await endUpload(ports, session.id, actor)
    throw fault
  })
  await sessions.finish(session.id, digest)
  await storage.staging.discard(session.id)
  return progressOf({ ...session, digest }, staged.size)
}

export async function endUpload({ sessions, storage }: ResumePorts, id: string, actor: string): Promise<void> {
  const session = await ownSession(sessions, id, actor)
  await storage.staging.discard(session.id)
  await sessions.remove(session.id)
}

/** Another caller's upload gets the same answer as one that does not exist. */
async function ownSession(sessions: UploadSessions, id: string, actor: string): Promise<UploadSession> {
  const session = isStagingId(id) ? await sessions.find(id) : undefined
  if (session !== undefined && session.createdBy === actor) return session
  throw new NotFound('There is no such upload; it may have been ended or swept. Begin a new one.', 'id')
}

function progressOf({ id, size, digest }: UploadSession, offset: number): UploadProgress {
  return { id, offset, size, ...(digest === undefined ? {} : { digest }) }
}
