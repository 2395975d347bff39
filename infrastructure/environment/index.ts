export * from './config.ts'
export * from './until-asked-to-stop.ts'
export { settings, type Setting, type SettingName } from './settings.ts'
export { disableVendorTelemetry } from './vendor-telemetry.ts'
