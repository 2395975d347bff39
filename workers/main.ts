import { openWorker, type Config } from './compose.ts'

/** `STRATA_ROLE=worker`: works until SIGTERM or Ctrl-C, finishing the jobs it holds; a second one ends it at once. */
export async function runWorker(config: Config): Promise<void> {
  const worker = await openWorker(config)
  await untilAskedToStop()
  await worker.close()
}

function untilAskedToStop(): Promise<void> {
  return new Promise((resolve) => {
    let asked = false
    const stop = () => {
      if (asked) process.exit(130)
      asked = true
      resolve()
    }
    process.on('SIGINT', stop)
    process.on('SIGTERM', stop)
  })
}
