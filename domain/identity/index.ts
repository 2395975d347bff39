export * from './gate.ts'
export * from './principal.ts'
