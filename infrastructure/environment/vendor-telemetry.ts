/**
 * By default, @apollo/gateway queries the cloud's metadata address at start and sends the result to its vendor. Only this variable
 * turns that off. An archive makes no connections that it was not configured to make.
 */
export function disableVendorTelemetry(): void {
  process.env['APOLLO_TELEMETRY_DISABLED'] = 'true'
}
