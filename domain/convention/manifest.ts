import type { FeatureSpec, ParsedRelease } from '@strata/domain/registry'
import type { HookName, Slug } from '@strata/domain/shared'
import type { ConventionDocs, FileRequirements } from './convention.ts'
import type { Schema } from './schema.ts'

/** A manifest whose parts have all been checked. */
export interface Manifest {
  readonly slug: Slug
  readonly title: string
  readonly description: string
  readonly license?: string
  readonly schema: Schema
  readonly files: FileRequirements
  readonly review: boolean
  readonly docs?: ConventionDocs
  readonly hooks: readonly WantedHook[]
}

/** The valid parts of a manifest. `manifest` is set only if all parts are valid. */
export interface ManifestParts {
  readonly slug: Slug | undefined
  readonly schema: Schema | undefined
  readonly hooks: readonly HookParts[]
  readonly manifest?: Manifest
}

/** The valid parts of a hook. `path` is its place in the caller's input. */
export interface HookParts extends Partial<Omit<WantedHook, 'path'>> {
  readonly path: string
}

/** A hook as the manifest declares it. `path` is its place in the caller's input. */
export interface WantedHook {
  readonly name: HookName
  readonly feature: FeatureSpec
  readonly release: ParsedRelease
  readonly path: string
}
