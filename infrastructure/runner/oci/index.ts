export { ociRunner, type OciRunnerOptions } from './oci-runner.ts'
export { requireEngine } from './require-engine.ts'
