export { libraryLog } from './library-log.ts'
export { createLogger, type LogDestination, type Logger } from './logger.ts'
export { currentAddress, currentRequestId, runWithRequest, type RequestContext } from './request.ts'
