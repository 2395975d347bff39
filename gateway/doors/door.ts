import type { GatedUseCase } from '@strata/domain/identity'
import type { Paths } from '../openapi/parts.ts'

/** A family of routes that a subgraph serves over plain HTTP. Callers reach them through the gateway alone. */
export interface Door {
  readonly service: 'records' | 'registry' | 'data'
  /** Calls to the service carry the secret for this purpose. */
  readonly purpose: 'files' | 'import' | 'logs' | 'data'
  readonly routes: readonly DoorRoute[]
  /** What callers are told when the service does not answer. */
  readonly apology: string
  /** How requests carry a body. Without it they carry none. */
  readonly body?: DoorBody
  readonly atStop: AtStop
  /** Its pages in `/openapi.json`. */
  readonly described: Paths
}

export interface DoorRoute {
  readonly url: string
  readonly method: readonly ('GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'OPTIONS')[]
  /** The query parameters that it takes; others are refused. */
  readonly parameters: readonly string[]
}

interface DoorBody {
  /** Who may send one. */
  readonly gate: GatedUseCase
  /** Whether the answer comes while the body is still being sent. Then an answer that breaks off ends with a line that says so. */
  readonly isAnsweredMeanwhile: boolean
}

/**
 * What happens to requests under way when the gateway stops. `break off`: downloads may last for hours; a broken one is never taken for
 * whole. `interrupt`: uploads and followed streams are told where to go on. Other answers end by themselves.
 */
type AtStop = 'break off' | 'interrupt'
