import { createHmac } from 'node:crypto'

/** The purposes for which the gateway calls a service. */
export type GatewayPurpose = 'graphql' | 'files' | 'data' | 'logs' | 'import' | 'revocations'

export type GatewaySecrets = Readonly<Record<GatewayPurpose, string>>

/**
 * One secret per purpose, derived from the secret that an operator sets. Each route of a service accepts only the secret of its purpose, so
 * the secret of a misdirected file call cannot open GraphQL.
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
