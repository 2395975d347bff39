export { ociRunner, type OciRunnerOptions } from './oci-runner.ts'
