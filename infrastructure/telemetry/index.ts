export { libraryLog } from './library-log.ts'
export { createLogger, type LogDestination, type Logger } from './logger.ts'
export { currentAddress, currentCaller, currentRequestId, nameCaller, runWithRequest, withoutCaller, type RequestContext } from './request.ts'
