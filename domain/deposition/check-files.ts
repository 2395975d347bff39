import type { FileRequirements } from '@strata/domain/convention'
import { BadUserInput, type Finding } from '@strata/domain/shared'
import type { DepositionFile } from './deposition.ts'

/** Whatever a convention allows: a record with more files wants an archive file. */
export const maxFiles = 1_000

/** What the convention's rules say of the files, all at once. Media types are known of stored content: publishing checks them. */
export function checkFiles(files: readonly DepositionFile[], rules: FileRequirements): readonly Finding[] {
  const { minCount, maxCount } = rules
  const findings = files.flatMap((file) => checkFile(file, rules))
  const count = `The deposition has ${files.length} ${files.length === 1 ? 'file' : 'files'}`
  if (files.length < minCount) findings.unshift(finding(`${count}; at least ${minCount} are asked for.`))
  if (maxCount !== undefined && files.length > maxCount) findings.unshift(finding(`${count}; at most ${maxCount} are taken.`))
  return findings
}

function checkFile({ name, size }: DepositionFile, { acceptedTypes, maxFileSize }: FileRequirements): Finding[] {
  const findings: Finding[] = []
  if (maxFileSize !== undefined && size > BigInt(maxFileSize)) {
    findings.push(finding(`"${name}" has ${size} bytes; at most ${maxFileSize} are taken.`, name))
  }
  const onlyEndings = acceptedTypes.length > 0 && acceptedTypes.every((type) => type.startsWith('.'))
  if (onlyEndings && !acceptedTypes.some((ending) => name.toLowerCase().endsWith(ending))) {
    findings.push(finding(`"${name}" is not of a type that is taken: ${acceptedTypes.join(', ')}.`, name))
  }
  return findings
}

function finding(message: string, field?: string): Finding {
  return { hook: 'files', kind: 'INVALID_METADATA', message, ...(field === undefined ? {} : { field }) }
}

export function requireFileName(name: string, field: string): void {
  // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
  const isName = /^[^/\\\u0000-\u001f\u007f]{1,255}$/.test(name) && name.isWellFormed() && name.trim() !== '' && !/^\.{1,2}$/.test(name)
  if (!isName) throw new BadUserInput('A file name has 1 to 255 characters and no slashes or control characters.', field)
}
