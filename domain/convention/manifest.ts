import type { FeatureSpec, ParsedRelease } from '@strata/domain/registry'
import type { HookName, Slug } from '@strata/domain/shared'
import type { ConventionDocs, FileRequirements } from './convention.ts'
import type { Schema } from './schema.ts'

/** A manifest whose every part was checked; what a convention shall be. */
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

/** The parts of a manifest that are right; all of them only together with `manifest`. */
export interface ManifestParts {
  readonly slug: Slug | undefined
  readonly schema: Schema | undefined
  readonly hooks: readonly HookParts[]
  readonly manifest?: Manifest
}

/** The parts of a hook that are right. `path` is where it stands in the caller's input. */
export interface HookParts extends Partial<Omit<WantedHook, 'path'>> {
  readonly path: string
}

/** A hook as a manifest wants it. `path` is where it stands in the caller's input. */
export interface WantedHook {
  readonly name: HookName
  readonly feature: FeatureSpec
  readonly release: ParsedRelease
  readonly path: string
}
