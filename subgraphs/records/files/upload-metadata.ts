import { parseMediaType, type UploadInput } from '@strata/domain/record'
import { BadUserInput, parseDigest } from '@strata/domain/shared'

/** `Upload-Metadata: filename d29ybGQ=,filetype dGV4dC9jc3Y=`, as tus clients send it; all of it is optional. */
export function uploadMetadata(header: string | undefined): UploadInput {
  const said = new Map(
    (header ?? '')
      .split(',')
      .filter((pair) => pair.trim() !== '')
      .map(readPair),
  )
  const digest = said.get('digest')
  return {
    name: said.get('filename') ?? said.get('name'),
    mediaType: parseMediaType(said.get('filetype') ?? said.get('mediatype')),
    convention: said.get('convention'),
    expectedDigest: digest === undefined ? undefined : parseDigest(digest, 'digest'),
  }
}

function readPair(pair: string): [string, string] {
  const [, key, value = ''] = /^\s*([^ ,]+)(?: +([A-Za-z0-9+/]*={0,2}))?\s*$/.exec(pair) ?? []
  if (key === undefined) throw new BadUserInput('The header reads Upload-Metadata: key base64,key base64 …', 'upload-metadata')
  return [key.toLowerCase(), Buffer.from(value, 'base64').toString('utf8')]
}
