export { archiveIdentity, archiveTokens, tokenId } from './archive-tokens.ts'

export { isSameSecret } from './same-secret.ts'
export { gatewaySecrets, type GatewayPurpose } from './gateway-secrets.ts'

export { createTokens, type TokenRequest } from './tokens.ts'
