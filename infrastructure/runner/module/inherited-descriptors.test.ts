import { execFileSync } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { temporaryDirectory } from '../../../test/support/temporary-directory.ts'

/** A worker that was started with an open file, as a shell or a service manager may leak one. */
test.skipIf(process.platform !== 'linux')(
  'a hook inherits no descriptor that its worker was started with',
  { timeout: 90_000 },
  async () => {
    await using dir = await temporaryDirectory()
    await writeFile(join(dir.path, 'secret'), 'the secret')
    const worker = `
    import { startProcess } from ${JSON.stringify(join(import.meta.dirname, 'module-process.ts'))}
    const child = await startProcess(['sh', '-c', 'for fd in /proc/self/fd/*; do echo "\${fd##*/} $(readlink $fd)"; done'], (chunk) => process.stdout.write(chunk))
    child.go(); child.channel.destroy(); await child.ended`
    await writeFile(join(dir.path, 'worker.ts'), worker)
    const printed = execFileSync(
      'bash',
      ['-c', 'exec 5<"$1" 40<"$1"; "$2" "$3"', 'bash', join(dir.path, 'secret'), process.execPath, join(dir.path, 'worker.ts')],
      { encoding: 'utf8' },
    )
    expect(printed).toMatch(/^3 socket:/m)
    expect(printed).not.toContain('secret')
    const beyond = printed.split('\n').filter((line) => Number(line.split(' ')[0]) > 3)
    for (const line of beyond) expect(line).toMatch(/ (\/dev\/null|\/proc\/.*)?$/)
  },
)
