import { gates, type Gate, type GatedUseCase } from './gate.ts'
import { namesAt } from './names-at.ts'

/** A change for the audit log: the data of the call, without the details that the use case adds. */
export interface Change {
  readonly operation: string
  readonly actor: string
  /** What the call changes, each as `kind:name`. */
  readonly targets: readonly string[]
}

/** The change that a gated call is about to make; undefined for a dry run. */
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
