import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { nothing, plus, type Tally } from './tally.ts'

const turbo = join(import.meta.dirname, '../../standalone/bootstrap/turbo.mjs')

/** Runs turbo's tasks over the whole workspace; each counts as one check, and what did not change comes from its cache. */
export async function checkTasks(tasks: readonly string[]): Promise<Tally> {
  let tally = nothing
  for (const task of tasks) {
    const child = spawn(process.execPath, [turbo, task, '--continue', '--output-logs=errors-only', '--log-order=grouped'], {
      stdio: ['ignore', 'inherit', 'inherit'],
    })
    const [code] = await once(child, 'close')
    tally = plus(tally, code === 0 ? { ...nothing, passed: 1 } : { ...nothing, failed: [task] })
  }
  return tally
}
