import { parseFeatureSpec, parseRelease, type FeatureSpec, type FeatureSpecInput, type ReleaseInput } from '@strata/domain/registry'
import { BadUserInput, didYouMean, every, everyOf, Faults, listed, parseHookName, parseSlug } from '@strata/domain/shared'
import type { ConventionDocs, FileRequirements } from './convention.ts'
import type { HookParts, ManifestParts, WantedHook } from './manifest.ts'
import { parseLicense } from './license.ts'
import { parseSchema, type SchemaInput } from './parse-schema.ts'
import type { Schema } from './schema.ts'

/** A manifest as received. */
export interface DeployInput {
  readonly slug: string
  readonly title: string
  readonly description: string
  readonly license?: string | null | undefined
  readonly schema: SchemaInput
  readonly files?: FileRequirementsInput | null | undefined
  readonly review?: boolean | null | undefined
  readonly docs?: ConventionDocsInput | null | undefined
  readonly hooks: readonly HookDeployInput[]
  readonly dryRun: boolean
  /** Allows moving the live pointer of hooks that other conventions also use. */
  readonly allowShared: boolean
  /** False stages the releases: it creates them without moving live pointers. Default: true. */
  readonly promote?: boolean | undefined
  /** Allows releases that were rolled back to become live again. */
  readonly overrideRollback?: boolean | undefined
}

interface HookDeployInput {
  readonly name: string
  readonly feature: FeatureSpecInput
  readonly release: ReleaseInput
}

interface FileRequirementsInput {
  readonly acceptedTypes: readonly string[]
  readonly minCount: number
  readonly maxCount?: number | null | undefined
  readonly maxFileSize?: bigint | null | undefined
}

interface ConventionDocsInput {
  readonly purpose: string
  readonly examples: readonly { readonly question: string; readonly query: string; readonly interpretation: string }[]
  readonly whenNotToUse?: string | null | undefined
}

/** Parses the valid parts of a manifest and adds the faults of the others to `faults`. */
export function parseManifest(input: DeployInput, faults: Faults): ManifestParts {
  const slug = faults.attempt(() => parseSlug(input.slug, 'input.slug'))
  const about = faults.attempt(() =>
    every({
      title: () => parseText(input.title, 200, 'input.title'),
      description: () => parseText(input.description, 20_000, 'input.description', 0),
      license: () => (input.license == null ? undefined : parseLicense(input.license, 'input.license')),
    }),
  )
  const schema = faults.attempt(() => parseSchema(input.schema, 'input.schema'))
  const files = faults.attempt(() => parseFiles(input.files ?? { acceptedTypes: [], minCount: 0 }, 'input.files'))
  const docs = faults.attempt(() => (input.docs ? parseDocs(input.docs) : undefined))
  const hooks = parseHooks(input.hooks, schema, faults)
  if (!slug || !about || !schema || !files || faults.some) return { slug, schema, hooks }
  const { title, description, license } = about
  const terms = { ...(license === undefined ? {} : { license }), files, review: input.review ?? false, ...(docs ? { docs } : {}) }
  return { slug, schema, hooks, manifest: { slug, title, description, schema, ...terms, hooks: hooks.filter(isWhole) } }
}

const maxHooks = 100

function parseHooks(inputs: readonly HookDeployInput[], schema: Schema | undefined, faults: Faults): readonly HookParts[] {
  if (inputs.length > maxHooks) {
    faults.add(new BadUserInput(`A convention has at most ${maxHooks} hooks; this one has ${inputs.length}.`, 'input.hooks'))
    return []
  }
  const seen = new Set<string>()
  return inputs.map((input, i) => {
    const path = `input.hooks.${i}`
    const name = faults.attempt(() => {
      const name = parseHookName(input.name, `${path}.name`)
      if (seen.has(name)) throw new BadUserInput(`The hook "${name}" appears twice.`, `${path}.name`)
      seen.add(name)
      return name
    })
    const feature = faults.attempt(() => parseHookFeature(input.feature, schema, `${path}.feature`))
    const release = faults.attempt(() => parseRelease(input.release, `${path}.release`))
    return { path, ...(name ? { name } : {}), ...(feature ? { feature } : {}), ...(release ? { release } : {}) }
  })
}

export function isWhole(hook: HookParts): hook is WantedHook {
  return hook.name !== undefined && hook.feature !== undefined && hook.release !== undefined
}

function parseHookFeature(input: FeatureSpecInput, schema: Schema | undefined, path: string): FeatureSpec {
  const feature = parseFeatureSpec(input, path)
  if (feature.kind === 'vocabulary' && schema !== undefined) requireTextField(schema, feature.field, `${path}.vocabulary.field`)
  return feature
}

function requireTextField({ fields }: Schema, name: string, path: string): void {
  const texts = fields.filter(({ type }) => type === 'TEXT' || type === 'TERM').map((field) => field.name)
  if (texts.some((text) => text === name)) return
  throw new BadUserInput(
    `The schema has no text field "${name}" to classify; its text fields are ${listed(texts)}.${didYouMean(name, texts)}`,
    path,
  )
}

function parseText(text: string, most: number, field: string, least = 1): string {
  const trimmed = text.trim()
  if (trimmed.length < least) throw new BadUserInput(`"${field}" is empty; give a readable text.`, field)
  if (trimmed.length > most) throw new BadUserInput(`"${field}" has at most ${most} characters, not ${trimmed.length}.`, field)
  if (trimmed.includes('\0') || !trimmed.isWellFormed())
    throw new BadUserInput(`"${field}" contains characters that are not allowed in text.`, field)
  return trimmed
}

const maxFileTypes = 200

function parseFiles(input: FileRequirementsInput, path: string): FileRequirements {
  const { acceptedTypes, minCount, maxCount, maxFileSize } = input
  const faults = new Faults()
  if (acceptedTypes.length > maxFileTypes) {
    faults.add(
      new BadUserInput(`At most ${maxFileTypes} file types can be accepted; a type like image/* stands for many.`, `${path}.acceptedTypes`),
    )
  } else faults.attempt(() => everyOf(acceptedTypes, (type, i) => checkFileType(type, `${path}.acceptedTypes.${i}`)))
  if (minCount < 0) faults.add(new BadUserInput('A count cannot be negative.', `${path}.minCount`))
  if (maxCount != null && maxCount < minCount) {
    faults.add(
      new BadUserInput(`"minCount" (${minCount}) exceeds "maxCount" (${maxCount}), so no number of files fits.`, `${path}.maxCount`),
    )
  }
  if (maxFileSize != null && maxFileSize <= 0n)
    faults.add(new BadUserInput('"maxFileSize" must be at least 1 byte.', `${path}.maxFileSize`))
  faults.end()
  return {
    acceptedTypes: [...new Set(acceptedTypes.map((type) => type.toLowerCase()))],
    minCount,
    ...(maxCount == null ? {} : { maxCount }),
    ...(maxFileSize == null ? {} : { maxFileSize: String(maxFileSize) }),
  }
}

function checkFileType(type: string, field: string): void {
  if (/^\.[a-z0-9][a-z0-9.+_-]{0,30}$/i.test(type) || /^[a-z0-9][a-z0-9.+-]*\/([a-z0-9][a-z0-9.+-]*|\*)$/i.test(type)) return
  throw new BadUserInput(`"${type.slice(0, 60)}" is not a file type; give a media type like text/csv or a file extension like .csv.`, field)
}

const maxDocExamples = 100

function parseDocs(input: ConventionDocsInput): ConventionDocs {
  const { purpose, examples, whenNotToUse } = every({
    purpose: () => parseText(input.purpose, 20_000, 'input.docs.purpose'),
    examples: () => parseExamples(input.examples),
    whenNotToUse: () => (input.whenNotToUse ? parseText(input.whenNotToUse, 20_000, 'input.docs.whenNotToUse') : undefined),
  })
  return { purpose, examples, ...(whenNotToUse === undefined ? {} : { whenNotToUse }) }
}

function parseExamples(examples: ConventionDocsInput['examples']): ConventionDocs['examples'] {
  if (examples.length > maxDocExamples)
    throw new BadUserInput(`A convention's docs have at most ${maxDocExamples} examples.`, 'input.docs.examples')
  return everyOf(examples, (example, i) =>
    every({
      question: () => parseText(example.question, 2_000, `input.docs.examples.${i}.question`),
      query: () => parseText(example.query, 20_000, `input.docs.examples.${i}.query`),
      interpretation: () => parseText(example.interpretation, 20_000, `input.docs.examples.${i}.interpretation`),
    }),
  )
}
