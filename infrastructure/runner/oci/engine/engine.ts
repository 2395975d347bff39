import type { Readable } from 'node:stream'
import {
  containerAnswer,
  createdAnswer,
  imageAnswer,
  infoAnswer,
  listAnswer,
  pullLine,
  statHeader,
  versionAnswer,
  waitAnswer,
  type ContainerAnswer,
  type ImageAnswer,
  type InfoAnswer,
  type PullProgress,
} from './answers.ts'
import { containerEvents, type ContainerEvents } from './container-events.ts'
import { EngineFault, isEngineFault } from './fault.ts'
import { eachLine } from './lines.ts'
import { ask, askJson, type EngineRequest } from './request.ts'

/** The few calls of the Docker Engine API that a runner needs, as Docker and Podman both answer them. */
export interface Engine {
  /** Fails if the engine does not answer at once. */
  ping(): Promise<void>
  info(): Promise<InfoAnswer>
  isPodman(): Promise<boolean>
  image(reference: string): Promise<ImageAnswer | undefined>
  /** Passes each progress message on as it arrives. */
  pull(reference: string, signal: AbortSignal, told: (progress: PullProgress) => void): Promise<void>
  /** Removes an image under all its names. Leaves an image alone that is in use or already gone. */
  removeImage(id: string): Promise<void>
  create(name: string, spec: object): Promise<string>
  /** Both streams, multiplexed, from now to the end. */
  attach(container: string): Promise<Readable>
  start(container: string): Promise<void>
  /** Ends with the exit code when the container has ended. */
  wait(container: string): Promise<number>
  container(id: string): Promise<ContainerAnswer>
  /** Describes what is at a path in a created container; undefined when the path does not exist. */
  fileMode(container: string, path: string): Promise<FileMode | undefined>
  kill(container: string, signal: 'SIGTERM' | 'SIGKILL'): Promise<void>
  /** Stops it, if it runs, and removes it with its anonymous volumes. One that is gone is fine. */
  remove(container: string): Promise<void>
  labelled(label: string): Promise<readonly { readonly id: string; readonly labels: Readonly<Record<string, string>> }[]>
  /** The events of a container from now on. */
  events(container: string): Promise<ContainerEvents>
}

interface FileMode {
  readonly isFile: boolean
  readonly isLink: boolean
  /** Only the permission bits. */
  readonly mode: number
}

const pingMayTakeMs = 10_000

export function engineAt(socketPath: string): Engine {
  const json = (asked: EngineRequest) => askJson(socketPath, asked)
  const done = async (asked: EngineRequest) => void (await json(asked))
  return {
    async ping() {
      const answer = await ask(socketPath, { path: '/_ping', answerWithinMs: pingMayTakeMs })
      answer.resume()
    },
    info: async () => infoAnswer.parse(await json({ path: '/info' })),
    async isPodman() {
      const { Components } = versionAnswer.parse(await json({ path: '/version' }))
      return (Components ?? []).some(({ Name }) => /podman/i.test(Name))
    },
    async image(reference) {
      try {
        return imageAnswer.parse(await json({ path: `/images/${reference}/json` }))
      } catch (error) {
        if (isEngineFault(error, 404)) return undefined
        throw error
      }
    },
    async pull(reference, signal, told) {
      const answer = await ask(socketPath, {
        method: 'POST',
        path: '/images/create',
        query: { fromImage: reference },
        signal,
        answerWithinMs: 0,
      })
      await eachLine(answer, (line) => told(unlessFault(line)))
    },
    async removeImage(id) {
      try {
        await done({ method: 'DELETE', path: `/images/${id}`, query: { force: 'true' } })
      } catch (error) {
        if (!isEngineFault(error, 404) && !isEngineFault(error, 409)) throw error
      }
    },
    create: async (name, spec) =>
      createdAnswer.parse(await json({ method: 'POST', path: '/containers/create', query: { name }, body: spec })).Id,
    attach: (container) =>
      ask(socketPath, {
        method: 'POST',
        path: `/containers/${container}/attach`,
        query: { stream: 'true', stdout: 'true', stderr: 'true' },
      }),
    start: (container) => done({ method: 'POST', path: `/containers/${container}/start` }),
    async wait(container) {
      const { StatusCode, Error: fault } = waitAnswer.parse(
        await json({ method: 'POST', path: `/containers/${container}/wait`, answerWithinMs: 0 }),
      )
      if (fault?.Message) throw new EngineFault({ status: 500, message: fault.Message })
      return StatusCode
    },
    container: async (id) => containerAnswer.parse(await json({ path: `/containers/${id}/json` })),
    async fileMode(container, path) {
      try {
        const answer = await ask(socketPath, { method: 'HEAD', path: `/containers/${container}/archive`, query: { path } })
        answer.resume()
        const { mode } = statHeader.parse(
          JSON.parse(Buffer.from(String(answer.headers['x-docker-container-path-stat']), 'base64').toString()),
        )
        // Go's os.FileMode has the file type in its upper bits. A regular file sets none of them.
        return { isFile: mode < 2 ** 24, isLink: Math.floor(mode / 2 ** 27) % 2 === 1, mode: mode % 0o1000 }
      } catch (error) {
        if (isEngineFault(error, 404)) return undefined
        throw error
      }
    },
    kill: (container, signal) => done({ method: 'POST', path: `/containers/${container}/kill`, query: { signal } }),
    async remove(container) {
      try {
        await done({ method: 'DELETE', path: `/containers/${container}`, query: { force: 'true', v: 'true' } })
      } catch (error) {
        if (!isEngineFault(error, 404)) throw error
      }
    },
    async labelled(label) {
      const found = await json({ path: '/containers/json', query: { all: 'true', filters: JSON.stringify({ label: [label] }) } })
      return listAnswer.parse(found).map(({ Id, Labels }) => ({ id: Id, labels: Labels ?? {} }))
    },
    events: async (container) =>
      containerEvents(await ask(socketPath, { path: '/events', query: { filters: JSON.stringify({ container: [container] }) } })),
  }
}

/** A pull that fails half-way has answered with a success already: the fault is one of its lines. */
function unlessFault(line: unknown): PullProgress {
  const progress = pullLine.parse(line)
  if (progress.error) throw new EngineFault({ status: 500, message: progress.error })
  return progress
}
