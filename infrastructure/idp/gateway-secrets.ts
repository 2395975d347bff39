import { createHmac } from 'node:crypto'

/** What the gateway calls a service for. */
export type GatewayPurpose = 'graphql' | 'files' | 'data' | 'logs' | 'import' | 'revocations'

export type GatewaySecrets = Readonly<Record<GatewayPurpose, string>>

/**
 * One secret for each purpose, derived from the one that an operator sets. A service accepts at each route only the secret
 * of that route's purpose: a call for a file that is led astray never opens GraphQL.
 */
export function gatewaySecrets(secret: string): GatewaySecrets {
  const derive = (purpose: GatewayPurpose) => createHmac('sha256', secret).update(`strata gateway: ${purpose}`).digest('base64url')
  return {
    graphql: derive('graphql'),
    files: derive('files'),
    data: derive('data'),
    logs: derive('logs'),
    import: derive('import'),
    revocations: derive('revocations'),
  }
}
