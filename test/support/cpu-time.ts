/** Measures the processor time of this process in milliseconds, which other programs do not affect. */
export function countCpuTime(): () => number {
  const start = process.cpuUsage()
  return () => {
    const { user, system } = process.cpuUsage(start)
    return (user + system) / 1_000
  }
}
