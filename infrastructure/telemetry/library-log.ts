import type { Logger } from './logger.ts'

/** A log for libraries: their messages are only details for operators, so they get a lower level. */
export function libraryLog(log: Logger): Logger {
  return Object.create(log, { info: { value: log.debug.bind(log) } })
}
