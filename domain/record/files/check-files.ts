import type { FileRequirements } from '@strata/domain/convention'
import { maxFindings, type Digest, type Finding } from '@strata/domain/shared'
import { faultOfFileName, fileNameKey, shownFileName } from './file-name.ts'
import { faultOfCount, faultOfSize, faultOfType } from './file-rules.ts'
import type { RecordFile, RecordFileInput, StoredFile } from './file.ts'

/** What files are checked against: the convention's rules, and the uploaded files. */
export interface FileGround {
  readonly rules: FileRequirements
  readonly stored: ReadonlyMap<Digest, StoredFile>
}

export type CheckedFiles = { readonly files: readonly RecordFile[]; readonly findings: readonly Finding[] }

/** Checks all files of a record; each finding names its file. */
export function checkFiles(inputs: readonly RecordFileInput[], ground: FileGround): CheckedFiles {
  const fault = faultOfCount(inputs.length, ground.rules)
  const seen = new Set<string>()
  const files: RecordFile[] = []
  const findings: Finding[] = fault === undefined ? [] : [fileFinding(fault)]
  for (const input of inputs) {
    const checked = checkFile(input, ground, seen)
    if ('finding' in checked) findings.push(checked.finding)
    else files.push(checked.file)
  }
  return { files, findings: findings.slice(0, maxFindings) }
}

function checkFile(input: RecordFileInput, { rules, stored }: FileGround, seen: Set<string>): { file: RecordFile } | { finding: Finding } {
  const { name, digest } = input
  const named = (fault: string) => ({ finding: fileFinding(`The file "${shownFileName(name)}" ${fault}.`, shownFileName(name)) })
  const badName = faultOfFileName(name)
  if (badName !== undefined) return named(badName)
  if (seen.has(fileNameKey(name))) return named('appears twice; names are unique in a record')
  seen.add(fileNameKey(name))

  const known = stored.get(digest)
  if (known === undefined) return named(`has the digest ${digest}, which you have not uploaded, or which was swept since; upload it first`)
  if (input.size !== BigInt(known.size)) return named(`has ${known.size} bytes, not ${input.size}`)
  const file: RecordFile = { ...known, name }
  const fault = faultOfSize(known.size, rules) ?? faultOfType(file, rules)
  return fault === undefined ? { file } : named(fault)
}

function fileFinding(message: string, field?: string): Finding {
  return { hook: 'files', kind: 'INVALID_METADATA', message, ...(field === undefined ? {} : { field }) }
}
