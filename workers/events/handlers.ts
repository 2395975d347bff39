import type { ValidationPorts } from '@strata/domain/deposition'
import type { EventHandlers } from '@strata/domain/shared'
import { depositionEvents } from '../depositions/deposition-events.ts'
import type { Log } from '../log.ts'
import { conventionDeployed } from './convention-deployed.ts'
import { recordsPublished, type StartBatch } from './records-published.ts'
import { livePointerMoved, releaseCreated, releaseStateChanged } from './registry-changed.ts'
import { batchFinished, runFinished } from './run-finished.ts'

export function eventHandlers(ports: { log: Log; deposits: ValidationPorts; startBatch: StartBatch }): EventHandlers {
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
