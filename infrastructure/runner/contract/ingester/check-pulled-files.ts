import { faultOfFileName, fileNameKey, shownFileName } from '@strata/domain/record'
import { folderOf, type PulledFile } from '@strata/domain/run'
import { isJsonObject, type Json } from '@strata/domain/shared'
import { InvalidOutput } from '../../shared/invalid-output.ts'
import type { OutputDirectory } from '../../shared/open-output.ts'

export type CheckedFiles = { readonly ok: true; readonly files: readonly PulledFile[] } | { readonly ok: false; readonly reason: string }

const maxFiles = 1_000
/** As deep as a program may make directories. */
const maxParts = 9

/** Checks the files that an ingester lists for one record: each is a plain file in the record's own folder, and no two have one name. */
export async function checkPulledFiles(sourceId: string, listed: Json, directory: OutputDirectory): Promise<CheckedFiles> {
  if (!isList(listed)) return wrong('Its "files" are no list.')
  if (listed.length > maxFiles) return wrong(`It has ${listed.length} files; the most is ${maxFiles}.`)
  const folder = folderOf(sourceId)
  if (folder === undefined && listed.length > 0)
    return wrong('Its source id is too long for the name of a folder, so it can have no files.')
  const files: PulledFile[] = []
  const names = new Set<string>()
  for (const entry of listed) {
    const { name, relative_path: path, size_mb: size = 0 } = isJsonObject(entry) ? entry : {}
    if (typeof name !== 'string' || typeof path !== 'string') return wrong('One of its files has no "name" or no "relative_path".')
    const of = `Its file "${shownFileName(name)}"`
    const fault = faultOfFileName(name)
    if (fault !== undefined) return wrong(`${of} ${fault}.`)
    if (names.has(fileNameKey(name))) return wrong(`${of} appears twice.`)
    names.add(fileNameKey(name))
    if (typeof size !== 'number' || size < 0) return wrong(`${of} has a "size_mb" that is not a size.`)
    const parts = partsBelow(folder ?? '', path)
    if (parts === undefined)
      return wrong(`${of} has a "relative_path" that is not below "${shownFileName(folder ?? '')}/", the folder of its record.`)
    const found = await look(directory, parts)
    if (typeof found === 'string') return wrong(`${of} cannot be used: ${found}.`)
    files.push({ name, path, bytes: found.bytes })
  }
  return { ok: true, files }
}

/** The parts of a path in the folder; undefined for a path that leads elsewhere. */
function partsBelow(folder: string, path: string): readonly string[] | undefined {
  const parts = path.split('/')
  const isPlain = parts.every((part) => part !== '' && part !== '.' && part !== '..' && !part.includes('\0'))
  return isPlain && path.isWellFormed() && parts[0] === folder && parts.length > 1 && parts.length <= maxParts ? parts : undefined
}

async function look(directory: OutputDirectory, parts: readonly string[]): Promise<{ readonly bytes: number } | string> {
  try {
    const opened = await directory.openBelow(parts)
    if (opened === undefined) return 'it is not there'
    await opened.handle.close()
    return { bytes: opened.bytes }
  } catch (error) {
    if (error instanceof InvalidOutput) return error.reason
    throw error
  }
}

function wrong(reason: string): CheckedFiles {
  return { ok: false, reason }
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value)
}
