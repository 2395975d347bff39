import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { nothing, plus, type Tally } from './tally.ts'

/** Runs these scripts of the root package.json; each counts as one check. */
export async function runChecks(scripts: readonly string[]): Promise<Tally> {
  let tally = nothing
  for (const script of scripts) {
    const child = spawn('npm', ['run', '--silent', script], { stdio: ['ignore', 'inherit', 'inherit'] })
    const [code] = await once(child, 'close')
    tally = plus(tally, code === 0 ? { ...nothing, passed: 1 } : { ...nothing, failed: [script] })
  }
  return tally
}
