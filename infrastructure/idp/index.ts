export { archiveTokens } from './archive-tokens.ts'
export { isSameSecret } from './same-secret.ts'
export { createTokens, type Tokens, type TokenRequest } from './tokens.ts'
