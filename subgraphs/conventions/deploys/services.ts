import type { DeployInput, DeployResult } from '@strata/domain/convention'
import type { Caller } from '@strata/domain/identity'

export interface DeployServices {
  readonly deploy: (input: DeployInput, caller: Caller) => Promise<DeployResult>
}
