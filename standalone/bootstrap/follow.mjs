import { whenParentIsGone } from './parent.mjs'

const exitCodeOfSignal = { SIGHUP: 129, SIGINT: 130, SIGKILL: 137, SIGTERM: 143 }

/** Waits for the child, forwards signals to it, and exits with its exit code. */
export function follow(child) {
  // A terminal sends Ctrl-C to the whole process group, so the child has already received it; forwarding would repeat it.
  const fromTerminal = process.stdin.isTTY === true
  process.on('SIGINT', () => fromTerminal || child.kill('SIGINT'))
  process.on('SIGTERM', () => child.kill('SIGTERM'))
  process.on('SIGHUP', () => child.kill('SIGHUP'))
  // npm killed with -9 sends no signal; without this, the archive would keep running.
  if (process.env.npm_lifecycle_event !== undefined) whenParentIsGone(() => child.kill('SIGTERM'))

  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code, signal) => resolve(code ?? exitCodeOfSignal[signal] ?? 1))
  })
}
