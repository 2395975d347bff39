import type { FileRequirements } from '@strata/domain/convention'
import { BadUserInput, NotFound, parseSlug, PayloadTooLarge, type Digest, type Slug } from '@strata/domain/shared'
import { faultOfFileName, shownFileName } from './file-name.ts'
import { faultOfSize, faultOfType } from './file-rules.ts'
import type { UploadQuota } from './upload-quota.ts'

/** What a caller declares about content before sending it. */
export interface UploadInput {
  readonly mediaType?: string | undefined
  /** Content of any other digest is refused. */
  readonly expectedDigest?: Digest | undefined
  readonly convention?: string | undefined
  readonly name?: string | undefined
  /** The number of bytes, if the caller knows it. */
  readonly size?: number | undefined
}

export interface UploadLimits {
  readonly maxFileBytes: number
  /** No limit by default. */
  readonly quota?: UploadQuota
}

export interface RulesQuery {
  rulesOf(convention: Slug): Promise<FileRequirements | undefined>
}

/** Makes all checks that are possible before the first byte; returns the maximum number of bytes. */
export async function checkUpload(input: UploadInput, files: RulesQuery, { maxFileBytes }: UploadLimits): Promise<number> {
  const { name, size } = input
  const fault = name === undefined ? undefined : faultOfFileName(name)
  if (fault !== undefined) throw new BadUserInput(`The file "${shownFileName(name ?? '')}" ${fault}.`, 'name')
  const rules = input.convention === undefined ? undefined : await findRules(input.convention, files)
  const limit = Math.min(maxFileBytes, Number(rules?.maxFileSize ?? maxFileBytes))

  if (rules !== undefined) checkType(input, rules)
  if (size === undefined) return limit
  const tooLarge = rules === undefined ? undefined : faultOfSize(size, rules)
  if (tooLarge !== undefined) throw new PayloadTooLarge(`The file ${tooLarge}.`)
  if (size > maxFileBytes) throw new PayloadTooLarge(`The file has ${size} bytes; this archive accepts at most ${maxFileBytes}.`)
  return limit
}

async function findRules(convention: string, files: RulesQuery): Promise<FileRequirements> {
  const rules = await files.rulesOf(parseSlug(convention, 'convention'))
  if (rules === undefined) throw new NotFound(`There is no convention "${convention}".`, 'convention')
  return rules
}

function checkType({ name, mediaType }: UploadInput, rules: FileRequirements): void {
  // Without a name, a file extension cannot be checked here; publishing checks it.
  if (name === undefined && rules.acceptedTypes.some((type) => type.startsWith('.'))) return
  const fault = faultOfType({ name: name ?? '', mediaType }, rules)
  if (fault !== undefined) throw new BadUserInput(`The file ${fault}.`, name === undefined ? 'content-type' : 'name')
}
