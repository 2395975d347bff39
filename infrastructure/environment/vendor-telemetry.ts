/**
 * Unless told otherwise by this variable, and by nothing else, @apollo/gateway asks the cloud's metadata address about
 * this machine when it starts, and sends its vendor what it found. An archive makes no connection that it was not configured to make.
 */
export function disableVendorTelemetry(): void {
  process.env['APOLLO_TELEMETRY_DISABLED'] = 'true'
}
