import type { Logger } from './logger.ts'

/** The log that a library gets: what it finds worth telling is detail to the people who run an archive. */
export function libraryLog(log: Logger): Logger {
  return Object.create(log, { info: { value: log.debug.bind(log) } })
}
