export * from './bearer-token.ts'
export * from './gate.ts'
export * from './principal.ts'
