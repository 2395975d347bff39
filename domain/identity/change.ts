import { gates, type Gate, type GatedUseCase } from './gate.ts'
import { namesAt } from './names-at.ts'

/** Somebody changes something: what the audit log tells of the call, beside what the change itself adds. */
export interface Change {
  readonly operation: string
  readonly actor: string
  /** What it is done to, as `kind:name`. */
  readonly targets: readonly string[]
}

/** The change that a gated call is about to make. A dry run makes none. */
export function changeOf(useCase: GatedUseCase, args: unknown, actor: string): Change | undefined {
  const { on }: Gate = gates[useCase]
  if (isDryRun(args)) return undefined
  return { operation: useCase, actor, targets: on ? namesAt(args, on.name).map((name) => `${on.kind}:${name}`) : [] }
}

function isDryRun(args: unknown): boolean {
  if (typeof args !== 'object' || args === null || !('input' in args)) return false
  const { input } = args
  return typeof input === 'object' && input !== null && 'dryRun' in input && input.dryRun === true
}
