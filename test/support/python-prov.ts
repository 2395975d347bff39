import { spawnSync } from 'node:child_process'
import { isAvailable } from './available.ts'

const python = '/usr/bin/python3'

export function isPythonProvInstalled(): boolean {
  const isThere = spawnSync(python, ['-c', 'import prov']).status === 0
  return isAvailable({
    name: 'the PROV library of Python',
    missing: isThere ? undefined : 'python3-prov is not installed (on Debian: apt-get install python3-prov).',
  })
}

/** Reads PROV-JSON documents with the library and writes them again. */
export function throughPythonProv(documents: readonly unknown[]): readonly unknown[] {
  const { status, stdout, stderr } = spawnSync(python, ['-c', program], {
    input: JSON.stringify(documents),
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  })
  if (status !== 0) throw new Error(`the PROV library refused the document: ${stderr}`)
  return JSON.parse(stdout)
}

/** Unifying also refuses elements with contradictory values. */
const program = `
import json, sys
from prov.model import ProvDocument
def through(given):
    document = ProvDocument.deserialize(content=json.dumps(given), format='json')
    document.unified()
    return json.loads(document.serialize(format='json'))
json.dump([through(given) for given in json.load(sys.stdin)], sys.stdout)
`
