/**
 * Who resumes an upload has given up the connection before, whether or not that has been noticed here: the newest caller
 * ends the one before it and waits until that has come to rest.
 */
export function latestAlone() {
  const writers = new Map<string, { end(): void; ended: Promise<unknown> }>()

  return async <T>(key: string, end: () => void, work: () => Promise<T>): Promise<T> => {
    const before = writers.get(key)
    before?.end()
    const result = (before?.ended ?? Promise.resolve()).then(work)
    const mine = { end, ended: result.catch(() => {}) }
    writers.set(key, mine)
    try {
      return await result
    } finally {
      if (writers.get(key) === mine) writers.delete(key)
    }
  }
}
