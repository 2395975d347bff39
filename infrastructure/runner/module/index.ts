export { createModuleRunner } from './create-module-runner.ts'
export { inspectModule } from './inspect-module.ts'
