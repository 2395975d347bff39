import { createHash } from 'node:crypto'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { nodeBinary, root } from './places.mjs'
import { readStamp } from './stamp.mjs'

// Removed before the files are written and written afterwards, so that a partly written client has no stamp.
const stamp = join(root, 'prisma/generated/.made-from')

/** Whether the database client in prisma/generated matches the schema and the versions. */
export function isGenerated() {
  return readStamp(stamp) === expectedStamp()
}

/** Generates the database client and the table types, which are too large for the repository. Returns the error, if any. */
export async function generate() {
  rmSync(stamp, { force: true })
  const child = spawn(nodeBinary(), [join(root, 'prisma/engine/prisma.ts'), 'generate'], { stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk))
  const [code] = await once(child, 'close')
  if (code !== 0) return output
  writeFileSync(stamp, expectedStamp())
  return undefined
}

function expectedStamp() {
  const hash = createHash('sha256')
  for (const file of ['prisma/schema.prisma', 'prisma/prisma.config.ts', 'pnpm-lock.yaml']) hash.update(readFileSync(join(root, file)))
  return hash.digest('hex')
}
