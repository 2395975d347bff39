import type { ValidationPorts } from '@strata/domain/deposition'
import type { EventHandlers } from '@strata/domain/shared'
import { depositionEvents } from '../depositions/deposition-events.ts'
import type { Log } from '../log.ts'
import { reconsider, type Decide } from '../validation/reconsider.ts'
import { conventionDeployed } from './convention-deployed.ts'
import { recordsPublished, type StartMissing } from './records-published.ts'
import { livePointerMoved, releaseCreated, releaseStateChanged } from './registry-changed.ts'
import { batchFinished, runFinished } from './run-finished.ts'

export interface EventPorts {
  readonly log: Log
  readonly deposits: ValidationPorts
  readonly startMissing: StartMissing
  readonly decide: Decide
}

export function eventHandlers(given: EventPorts): EventHandlers {
  const ports = { ...given, reconsider: reconsider(given) }
  return {
    ConventionDeployed: conventionDeployed(ports),
    RecordsPublished: recordsPublished(ports),
    ReleaseCreated: releaseCreated(ports),
    LivePointerMoved: livePointerMoved(ports),
    ReleaseStateChanged: releaseStateChanged(ports),
    RunFinished: runFinished(ports),
    BatchFinished: batchFinished(ports),
    ...depositionEvents({ log: ports.log, ports: ports.deposits }),
  }
}
