export { k8sRunner, type K8sRunnerOptions } from './k8s-runner.ts'
