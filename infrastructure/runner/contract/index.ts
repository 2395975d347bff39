export * from './hook/prepare-input.ts'
export * from './hook/read-outputs.ts'
export * from './ingester/prepare-input.ts'
export * from './ingester/read-pull.ts'
