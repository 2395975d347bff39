import { NotReady, type WatchedPart } from '@strata/domain/shared'
import { withoutCaller, type Logger } from '../../telemetry/index.ts'

interface PartState {
  readonly name: string
  readonly ready: boolean
  readonly detail: string | null
}

interface Report {
  readonly status: 'ready' | 'not ready'
  readonly version: string
  readonly parts: readonly PartState[]
}

export interface Readiness {
  look(): Promise<Report>
  close(): void
}

export interface ReadinessOptions {
  readonly version: string
  readonly parts: readonly WatchedPart[]
  readonly log: Logger
  /** The interval of checks without requests. */
  readonly everyMs?: number
}

/**
 * Checks all parts at each request and periodically. Logs one line when a part becomes unavailable and one when it is back.
 * Concurrent requests share one check, so they cannot overload the parts.
 */
export function watchReadiness({ version, parts, log, everyMs = 15_000 }: ReadinessOptions): Readiness {
  const away = new Map<string, number>()
  let looking: Promise<Report> | undefined
  let isClosed = false

  async function lookOnce(): Promise<Report> {
    // The reads must not count for the caller who happened to trigger the check.
    const states = await withoutCaller(() => Promise.all(parts.map((part) => stateOf(part))))
    if (!isClosed) for (const [i, state] of states.entries()) if (parts[i]?.isQuiet !== true) tell(state)
    return { status: states.every(({ ready }) => ready) ? 'ready' : 'not ready', version, parts: states }
  }

  function tell({ name, ready, detail }: PartState): void {
    const since = away.get(name)
    if (ready && since !== undefined) {
      away.delete(name)
      log.info({ part: name, awaySeconds: Math.round((performance.now() - since) / 1_000) }, 'a part of this archive can serve again')
    } else if (!ready && since === undefined) {
      away.set(name, performance.now())
      log.warn({ part: name, why: detail }, 'a part of this archive cannot serve; it will be checked again')
    }
  }

  function look(): Promise<Report> {
    looking ??= lookOnce().finally(() => {
      looking = undefined
    })
    return looking
  }

  const timer = setInterval(() => void look(), everyMs).unref()
  return {
    look,
    close() {
      isClosed = true
      clearInterval(timer)
    },
  }
}

const patienceMs = 2_000

async function stateOf({ name, check }: WatchedPart): Promise<PartState> {
  const late = Promise.withResolvers<never>()
  const timer = setTimeout(() => late.reject(new NotReady(`It did not answer within ${patienceMs / 1_000} seconds.`)), patienceMs)
  try {
    return { name, ready: true, detail: (await Promise.race([check(), late.promise])) ?? null }
  } catch (error) {
    return { name, ready: false, detail: reasonOf(error) }
  } finally {
    clearTimeout(timer)
  }
}

/** A system's message may contain internal addresses and names, so only its code is shown. */
function reasonOf(error: unknown): string {
  if (error instanceof NotReady) return error.message
  const code = codeOf(error)
  return code === undefined ? 'It does not answer.' : `It does not answer (${code}).`
}

function codeOf(error: unknown): string | undefined {
  for (let fault = error; fault instanceof Error; fault = fault.cause) {
    if ('code' in fault && typeof fault.code === 'string') return fault.code
  }
  return undefined
}
