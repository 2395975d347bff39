import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ingesterFiles } from '@strata/domain/run'
import type { Json, JsonObject } from '@strata/domain/shared'

/** Writes what an ingester reads. `session` is what its last pull left. */
export async function prepareIngesterInput(dir: string, o: { readonly config: JsonObject; readonly session?: Json }): Promise<void> {
  await mkdir(dir, { recursive: true, mode: 0o755 })
  const write = (name: string, value: Json) => writeFile(join(dir, name), JSON.stringify(value), { flag: 'wx', mode: 0o644 })
  if (Object.keys(o.config).length > 0) await write(ingesterFiles.config, o.config)
  if (o.session !== undefined) await write(ingesterFiles.session, o.session)
}
