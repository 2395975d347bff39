import type { HookName } from '@strata/domain/shared'
import type { FeatureSpec } from './feature-spec/feature-spec.ts'
import type { ReleaseId } from './release.ts'

/** A stable identity with a fixed output contract. Its releases change; the contract does not. */
export interface Hook {
  readonly name: HookName
  readonly feature: FeatureSpec
  /** The release that new runs use; undefined until one is made live. */
  readonly live?: ReleaseId
  readonly createdAt: Date
}
