export { libraryLog } from './library-log.ts'
export { createLogger, type Logger } from './logger.ts'
export { currentAddress, currentCaller, currentRequestId, nameCaller, runWithRequest, withoutCaller } from './request.ts'
