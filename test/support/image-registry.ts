import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { startService } from './container-engine.ts'
import { freePort } from './free-port.ts'
import { temporaryDirectory } from './temporary-directory.ts'

export interface ImageRegistry extends AsyncDisposable {
  /** Like `127.0.0.1:5000`, the prefix of its images' names. */
  readonly host: string
}

/** A real registry on a free loopback port. */
export async function startImageRegistry(): Promise<ImageRegistry> {
  await using parts = new AsyncDisposableStack()
  const directory = parts.use(await temporaryDirectory())
  const host = `127.0.0.1:${await freePort()}`
  const settings = join(directory.path, 'registry.json')
  await writeFile(
    settings,
    JSON.stringify({
      version: '0.1',
      log: { level: 'error' },
      storage: { filesystem: { rootdirectory: join(directory.path, 'images') }, delete: { enabled: true } },
      http: { addr: host },
    }),
  )
  parts.use(await startService('docker-registry', ['serve', settings], () => answers(host)))
  const running = parts.move()
  return { host, [Symbol.asyncDispose]: () => running.disposeAsync() }
}

async function answers(host: string): Promise<boolean> {
  const answer = await fetch(`http://${host}/v2/`).catch(() => undefined)
  return answer?.ok ?? false
}
