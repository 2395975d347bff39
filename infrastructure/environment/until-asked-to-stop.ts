/** One Ctrl-C may arrive twice: from the terminal, and from a parent process that forwards it. */
const sameAsk = 1_000

/** Resolves at the first Ctrl-C or SIGTERM. A second one, a moment later, ends the process at once. */
export function untilAskedToStop(): Promise<void> {
  return new Promise((resolve) => {
    let askedAt: number | undefined
    const stop = () => {
      if (askedAt !== undefined && performance.now() - askedAt > sameAsk) process.exit(130)
      askedAt ??= performance.now()
      resolve()
    }
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop)
  })
}
