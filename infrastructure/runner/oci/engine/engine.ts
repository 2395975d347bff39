import type { Readable } from 'node:stream'
import {
  containerAnswer, createdAnswer, eventLine, imageAnswer, infoAnswer, listAnswer, pullLine, statHeader, versionAnswer, waitAnswer,
  type ContainerAnswer, type ImageAnswer, type InfoAnswer,
} from './answers.ts'
import { EngineFault, isEngineFault } from './fault.ts'
import { eachLine } from './lines.ts'
import { ask, askJson, type EngineRequest } from './request.ts'

/** The few calls of the Docker Engine API that a runner needs, as Docker and Podman both answer them. */
export interface Engine {
  info(): Promise<InfoAnswer>
  isPodman(): Promise<boolean>
  image(reference: string): Promise<ImageAnswer | undefined>
  pull(reference: string, signal: AbortSignal): Promise<void>
  create(name: string, spec: object): Promise<string>
  /** Both streams, multiplexed, from now to the end. */
  attach(container: string): Promise<Readable>
  start(container: string): Promise<void>
  /** Ends with the exit code when the container has ended. */
  wait(container: string): Promise<number>
  container(id: string): Promise<ContainerAnswer>
  /** What is at a path in a container that was made; undefined when nothing is. */
  fileMode(container: string, path: string): Promise<FileMode | undefined>
  kill(container: string, signal: 'SIGTERM' | 'SIGKILL'): Promise<void>
  /** Stops it, if it runs, and removes it with its anonymous volumes. One that is gone is fine. */
  remove(container: string): Promise<void>
  labelled(label: string): Promise<readonly { readonly id: string; readonly labels: Readonly<Record<string, string>> }[]>
  /** What the engine saw happen to it since then, like `oom` or `kill`. */
  events(container: string, since: Date): Promise<readonly string[]>
}

export interface FileMode {
  readonly isFile: boolean
  readonly isLink: boolean
  /** The permissions alone. */
  readonly mode: number
}

const eventsMayLagMs = 300

export function engineAt(socketPath: string): Engine {
  const json = (asked: EngineRequest) => askJson(socketPath, asked)
  const done = async (asked: EngineRequest) => void (await json(asked))
  return {
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
    async pull(reference, signal) {
      const answer = await ask(socketPath, { method: 'POST', path: '/images/create', query: { fromImage: reference }, signal, answerWithinMs: 0 })
      await eachLine(answer, refuseFault)
    },
    create: async (name, spec) =>
      createdAnswer.parse(await json({ method: 'POST', path: '/containers/create', query: { name }, body: spec })).Id,
    attach: (container) =>
      ask(socketPath, { method: 'POST', path: `/containers/${container}/attach`, query: { stream: 'true', stdout: 'true', stderr: 'true' } }),
    start: (container) => done({ method: 'POST', path: `/containers/${container}/start` }),
    wait: async (container) =>
      waitAnswer.parse(await json({ method: 'POST', path: `/containers/${container}/wait`, answerWithinMs: 0 })).StatusCode,
    container: async (id) => containerAnswer.parse(await json({ path: `/containers/${id}/json` })),
    async fileMode(container, path) {
      try {
        const answer = await ask(socketPath, { method: 'HEAD', path: `/containers/${container}/archive`, query: { path } })
        answer.resume()
        const { mode } = statHeader.parse(JSON.parse(Buffer.from(String(answer.headers['x-docker-container-path-stat']), 'base64').toString()))
        // Go's os.FileMode: its type is in the upper bits, of which none is set for a regular file.
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
    async events(container, since) {
      const query = {
        filters: JSON.stringify({ container: [container] }),
        since: String(Math.floor(since.getTime() / 1000)),
        // A little later than now: the kernel's word about memory may come after the exit.
        until: ((Date.now() + eventsMayLagMs) / 1000).toFixed(3),
      }
      const actions: string[] = []
      await eachLine(await ask(socketPath, { path: '/events', query }), (line) => actions.push(eventLine.parse(line).Action))
      return actions
    },
  }
}

/** A pull that fails half-way has answered with a success already: the fault is one of its lines. */
function refuseFault(line: unknown): void {
  const { error } = pullLine.parse(line)
  if (error) throw new EngineFault({ status: 500, message: error })
}
