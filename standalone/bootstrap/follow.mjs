import { whenParentIsGone } from './parent.mjs'

const exitCodeOfSignal = { SIGHUP: 129, SIGINT: 130, SIGKILL: 137, SIGTERM: 143 }

/** Lives as long as the child: passes signals on and gives the child's exit code. */
export function follow(child) {
  // A terminal sends Ctrl-C to the whole group, so the child has it already; passing it on would make it two.
  const fromTerminal = process.stdin.isTTY === true
  process.on('SIGINT', () => fromTerminal || child.kill('SIGINT'))
  process.on('SIGTERM', () => child.kill('SIGTERM'))
  process.on('SIGHUP', () => child.kill('SIGHUP'))
  // npm killed with -9 cannot tell us; without this the archive would run on and nothing would stop it.
  if (process.env.npm_lifecycle_event !== undefined) whenParentIsGone(() => child.kill('SIGTERM'))

  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code, signal) => resolve(code ?? exitCodeOfSignal[signal] ?? 1))
  })
}
