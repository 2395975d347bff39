import type { GatedUseCase } from '@strata/domain/identity'
import type { Paths } from '../openapi/parts.ts'

/** A group of plain HTTP routes of a subgraph. Clients reach them only through the gateway. */
export interface Door {
  readonly service: 'records' | 'registry' | 'data'
  /** Calls to the service carry the secret for this purpose. */
  readonly purpose: 'files' | 'import' | 'logs' | 'data'
  readonly routes: readonly DoorRoute[]
  /** The message when the service does not answer. */
  readonly apology: string
  /** How requests carry a body. Default: no body. */
  readonly body?: DoorBody
  readonly atStop: AtStop
  /** Its pages in `/openapi.json`. */
  readonly described: Paths
}

export interface DoorRoute {
  readonly url: string
  readonly method: readonly ('GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'OPTIONS')[]
  /** Its query parameters; others are refused. */
  readonly parameters: readonly string[]
}

interface DoorBody {
  /** The gate of requests with a body. */
  readonly gate: GatedUseCase
  /** Whether the answer begins while the body is still being sent. If such an answer breaks off, its last line says so. */
  readonly isAnsweredMeanwhile: boolean
}

/**
 * What happens to requests under way when the gateway stops. `break off`: a download may last for hours, and clients detect that it is
 * incomplete. `interrupt`: uploads and followed streams get a last message on how to resume. Other answers end by themselves.
 */
type AtStop = 'break off' | 'interrupt'
