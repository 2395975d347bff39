export { closingWithin } from './closing.ts'
export * from './config.ts'
export * from './until-asked-to-stop.ts'

export { settings } from './settings.ts'

export { disableVendorTelemetry } from './vendor-telemetry.ts'
export { version } from './version.ts'
