import { parseRuntime, refuseUnfit, type ReleaseInspection } from '@strata/domain/registry'
import { Faults, type Refusal } from '@strata/domain/shared'
import type { DeployInput } from './parse-deploy.ts'

/**
 * Finds faults in the programs of a manifest. Runs before the deploy takes any lock, because parsing a large module takes a
 * while; the deploy reports them together with its other faults.
 */
export function inspectDeploy(inspection: ReleaseInspection, { hooks }: DeployInput): readonly Refusal[] {
  const found = new Faults()
  for (const [i, { release }] of hooks.entries()) {
    const path = `input.hooks.${i}.release`
    // The deploy itself reports faults in the input.
    const runtime = new Faults().attempt(() => parseRuntime(release.runtime, `${path}.runtime`))
    if (runtime !== undefined) found.attempt(() => refuseUnfit(inspection, runtime, path))
  }
  return found.all
}
