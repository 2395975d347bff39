import type { EventHandlers } from '@strata/domain/shared'
import type { Log } from '../log.ts'
import { conventionDeployed } from './convention-deployed.ts'
import { recordsPublished, type StartBatch } from './records-published.ts'
import { livePointerMoved, releaseCreated, releaseStateChanged } from './registry-changed.ts'
import { batchFinished, runFinished } from './run-finished.ts'

export function eventHandlers(ports: { log: Log; startBatch: StartBatch }): EventHandlers {
  return {
    ConventionDeployed: conventionDeployed(ports),
    RecordsPublished: recordsPublished(ports),
    ReleaseCreated: releaseCreated(ports),
    LivePointerMoved: livePointerMoved(ports),
    ReleaseStateChanged: releaseStateChanged(ports),
    RunFinished: runFinished(ports),
    BatchFinished: batchFinished(ports),
  }
}
