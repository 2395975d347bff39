import pino from 'pino'
import type { LogConfig } from '../environment/index.ts'
import { prettyLine } from './pretty-line.ts'
import { secretSerializers, withoutSecrets } from './redaction.ts'
import { currentRequestId } from './request.ts'

export type Logger = pino.Logger

/** Where lines go: standard output, except in tests. */
export interface LogDestination {
  write(line: string): void
}

/** `service` names the part of the archive that logs. Lines within a request have its id. */
export function createLogger(log: LogConfig, service: string, destination?: LogDestination): Logger {
  return pino(
    {
      level: log.level,
      base: { service },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: {
        level: (label) => ({ level: label }),
        log: (fields) => withoutSecrets(fields),
      },
      serializers: { ...secretSerializers, err: (err: Error) => withoutSecrets({ ...pino.stdSerializers.err(err) }) },
      mixin: requestFields,
    },
    isPretty(log) ? prettyTo(destination ?? process.stdout) : (destination ?? standardOutput()),
  )
}

function requestFields(): { requestId?: string } {
  const requestId = currentRequestId()
  return requestId === undefined ? {} : { requestId }
}

function isPretty(log: LogConfig): boolean {
  return log.format === 'pretty' || (log.format === 'auto' && process.stdout.isTTY)
}

function prettyTo(destination: LogDestination): LogDestination {
  const colors = destination === process.stdout && process.stdout.isTTY && process.stdout.hasColors()
  return { write: (line) => destination.write(prettyLine(line, { colors })) }
}

/** Synchronous, so that the last line before a crash is written. */
function standardOutput(): LogDestination {
  return pino.destination({ dest: 1, sync: true })
}
