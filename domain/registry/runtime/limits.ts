import { BadUserInput, Faults } from '@strata/domain/shared'

/** The resource limits of a hook, as its author wrote them. */
export interface RuntimeLimits {
  readonly timeoutSeconds: number
  /** Like `512Mi`. */
  readonly memory: string
  /** Cores, like `0.5` or `500m`. */
  readonly cpu: string
}

export const defaultLimits: RuntimeLimits = { timeoutSeconds: 300, memory: '512Mi', cpu: '0.5' }

export function parseLimits({ timeoutSeconds, memory, cpu }: RuntimeLimits, path: string): RuntimeLimits {
  const faults = new Faults()
  if (!Number.isInteger(timeoutSeconds) || timeoutSeconds < 1 || timeoutSeconds > 86_400) {
    faults.add(new BadUserInput('A time-out is 1 to 86400 whole seconds.', `${path}.timeoutSeconds`))
  }
  const bytes = readMemory(memory)
  if (bytes === undefined || bytes < 16 * 2 ** 20 || bytes > 2 ** 44) {
    faults.add(
      new BadUserInput(`"${memory.slice(0, 40)}" is not an amount of memory; give 16Mi to 16Ti, like 512Mi or 2Gi.`, `${path}.memory`),
    )
  }
  const millis = readCpu(cpu)
  if (millis === undefined || millis < 10 || millis > 256_000) {
    faults.add(
      new BadUserInput(`"${cpu.slice(0, 40)}" is not an amount of cpu; give cores like 0.5 or thousandths like 500m.`, `${path}.cpu`),
    )
  }
  faults.end()
  return { timeoutSeconds, memory, cpu }
}

export function memoryBytes(limits: RuntimeLimits): number {
  return parsed(readMemory(limits.memory), limits.memory)
}

export function cpuMillis(limits: RuntimeLimits): number {
  return parsed(readCpu(limits.cpu), limits.cpu)
}

const units: Record<string, number> = { '': 1, K: 1e3, k: 1e3, M: 1e6, G: 1e9, T: 1e12, Ki: 2 ** 10, Mi: 2 ** 20, Gi: 2 ** 30, Ti: 2 ** 40 }

function readMemory(text: string): number | undefined {
  const [, amount = '', unit = ''] = /^([0-9]{1,15}(?:\.[0-9]{1,6})?)(Ki|Mi|Gi|Ti|k|K|M|G|T)?$/.exec(text) ?? []
  return amount === '' ? undefined : Math.floor(Number(amount) * (units[unit] ?? 1))
}

function readCpu(text: string): number | undefined {
  if (/^[0-9]{1,6}m$/.test(text)) return Number(text.slice(0, -1))
  return /^[0-9]{1,3}(\.[0-9]{1,3})?$/.test(text) ? Math.round(Number(text) * 1000) : undefined
}

function parsed(amount: number | undefined, text: string): number {
  if (amount === undefined) throw new Error(`a release has the unreadable limit ${text}`)
  return amount
}
