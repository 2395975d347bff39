import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { dirname, join } from 'node:path'

const root = join(import.meta.dirname, '../..')

/** One terminal: what is pasted later knows what was set before. */
export interface Shell extends AsyncDisposable {
  /** Returns what the text printed; throws when one of its commands fails. */
  paste(text: string): Promise<string>
}

export interface ShellOptions {
  readonly cwd: string
  /** For commands that need a node that is stopped. */
  readonly stoppedData: string
}

// `npm start -- <command>` is run as its script would, against a node that is stopped; an HTTP status of 4xx fails.
const prelude = `
set -E -o pipefail
trap 'printf "\\n__failed %s\\n" "$BASH_COMMAND" >&2' ERR
curl() { command curl --fail-with-body --no-progress-meter "$@"; }
npm() { [ "$1 $2" = "start --" ] || return 1; shift 2; (cd "$ROOT" && STRATA_DATA_DIR="$STOPPED" node standalone/main.ts "$@"); }
`

export function openShell({ cwd, stoppedData }: ShellOptions): Shell {
  const path = `${dirname(process.execPath)}:${process.env['PATH']}`
  const child = spawn('bash', { cwd, env: { PATH: path, HOME: cwd, ROOT: root, STOPPED: stoppedData }, stdio: ['pipe', 'pipe', 'pipe'] })
  let [output, faults] = ['', '']
  let heard = Promise.withResolvers<void>()
  const ended = once(child, 'close').then(() => heard.resolve())
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString()
    heard.resolve()
  })
  child.stderr.on('data', (chunk: Buffer) => (faults += chunk.toString()))
  child.stdin.write(prelude)
  let count = 0
  return {
    async paste(text) {
      const mark = `__end ${++count}`
      ;[output, faults] = ['', '']
      // Both streams end with the mark, so that what was said of a failure is here when the answer is.
      child.stdin.write(`${text}\nprintf '\\n${mark}\\n' >&2; printf '\\n${mark}\\n'\n`)
      while (!output.includes(mark) || !faults.includes(mark)) {
        heard = Promise.withResolvers()
        if (child.exitCode !== null) throw new Error(`the shell ended with ${child.exitCode}: ${faults}`)
        await Promise.race([heard.promise, new Promise((resolve) => setTimeout(resolve, 50))])
      }
      if (faults.includes('__failed')) throw new Error(`${faults.trim()}\n${output.trim()}`)
      return output.slice(0, output.indexOf(mark)).trim()
    },
    async [Symbol.asyncDispose]() {
      child.stdin.end()
      await ended
    },
  }
}
