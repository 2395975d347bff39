import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** Seconds that long files take beside others on two cores, to the nearest ten. The test command prints the ten slowest of each run. */
export const longFiles: Readonly<Record<string, number>> = {
  'test/versions/catalogue.test.ts': 320,
  'test/versions/removal-restore.test.ts': 280,
  'test/faults/dependencies-away.test.ts': 250,
  'test/standalone/node.test.ts': 210,
  'infrastructure/runner/k8s/conformance.test.ts': 180,
  'test/verifying/command.test.ts': 160,
  'test/attacks/odd-values.test.ts': 160,
  'test/files/uploads.test.ts': 140,
  'infrastructure/runner/k8s/ending.test.ts': 130,
  'test/runs/killed-worker.test.ts': 130,
}

/** A test file in the queue. */
interface Waiting {
  readonly path: string
  readonly hasOwnProcess: boolean
}

/**
 * Starts long files first, so that the run does not end with one of them on one core while the others idle. Files with a process of
 * their own start before all others, because a process that runs many files ends when such a file is next in the queue.
 */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const waiting = ({ moduleId, project }: TestSpecification) => ({
      path: moduleId.slice(project.config.root.length + 1),
      hasOwnProcess: project.config.isolate,
    })
    // By the duration that vitest noted at an earlier run here, or by size.
    const sorted = await super.sort(files)
    return sorted.toSorted((a, b) => compareWaiting(waiting(a), waiting(b)))
  }
}

export function compareWaiting(a: Waiting, b: Waiting): number {
  const secondsOf = ({ path }: Waiting) => longFiles[path] ?? 0
  return Number(b.hasOwnProcess) - Number(a.hasOwnProcess) || secondsOf(b) - secondsOf(a)
}
