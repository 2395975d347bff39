export * from './finding.ts'
export * from './parse-sample.ts'
export * from './report.ts'
export * from './verification.ts'
export * from './verify-archive.ts'
export * from './checks/counts.ts'
export * from './checks/files.ts'
export * from './checks/guards.ts'
export {
  outputsCheck,
  type DerivedRows,
  type KeptResult,
  type OutputPorts,
  type RunOfOutputs,
  type VerifiedOutputs,
} from './checks/outputs.ts'
export * from './checks/records.ts'
export * from './checks/registry.ts'
export * from './checks/removals.ts'
export * from './checks/rows.ts'
export { runsCheck, type RunFacts as VerifiedRunFacts, type VerifiedRuns } from './checks/runs.ts'
