export interface Attack {
  /** What the attacker tries. */
  readonly title: string
  /** The tests that try it. */
  readonly files: readonly string[]
}

/** Every known kind of attack, from the outside in: at the public endpoint, behind it, inside the node, from inside a hook. */
export const attacks: readonly Attack[] = [
  { title: 'make the gateway call another host, or call one with its secret', files: ['test/attacks/onward-calls.test.ts'] },
  { title: 'reach other paths with dot segments and odd request targets', files: ['test/attacks/request-target.test.ts'] },
  { title: "reach a service's internal GraphQL", files: ['test/attacks/internal-graphql.test.ts'] },
  { title: 'answer to another host name (DNS rebinding)', files: ['test/attacks/host-names.test.ts'] },
  { title: 'read a private archive from a cache', files: ['test/attacks/private-caching.test.ts'] },
  { title: 'get in with a forged, stale or foreign token', files: ['test/attacks/identity.test.ts'] },
  {
    title: 'hold connections by being slow',
    files: ['infrastructure/http/slow-clients.test.ts', 'infrastructure/http/body-deadline.test.ts'],
  },
  {
    title: 'send what is malformed, deep, long or unstorable',
    files: [
      'test/attacks/limits-http.test.ts',
      'test/attacks/odd-values.test.ts',
      'test/attacks/unreadable-scalars.test.ts',
      'test/e2e/hostile-metadata.test.ts',
    ],
  },
  { title: 'have a misspelt or repeated parameter ignored', files: ['test/attacks/query-parameters.test.ts'] },
  { title: 'ask for more than a query may', files: ['test/attacks/limits.test.ts'] },
  { title: 'stall the node with queries within the limits', files: ['test/attacks/costly-queries.test.ts'] },
  { title: 'hold the connections for reading', files: ['test/attacks/reader-connections.test.ts'] },
  { title: 'block the event loop with a pattern', files: ['test/attacks/patterns.test.ts'] },
  { title: 'write what a narrowed token may not', files: ['test/attacks/narrowed-scopes.test.ts'] },
  { title: 'withdraw, restore or erase a record without the right to', files: ['test/attacks/withdrawing.test.ts'] },
  { title: 'read what is not published', files: ['test/attacks/draft-runs.test.ts', 'test/attacks/files-by-digest.test.ts'] },
  { title: 'fill the storage with uploads', files: ['test/attacks/upload-quota.test.ts'] },
  { title: 'have the engine fetch from inside the network', files: ['test/attacks/registries.test.ts'] },
  {
    title: 'escape from a module hook, or forge its results',
    files: ['infrastructure/runner/module/hostile-modules.test.ts', 'infrastructure/runner/module/walls.test.ts'],
  },
  {
    title: 'pass off a pull, or files of another place, as an ingester',
    files: ['infrastructure/runner/contract/ingester/read-pull.test.ts', 'infrastructure/runner/module/exchange-pulls.test.ts'],
  },
  {
    title: 'hide output from its bounds, or leave what cannot be removed',
    files: ['infrastructure/runner/shared/watch-output.test.ts', 'infrastructure/runner/shared/remove-tree.test.ts'],
  },
  { title: 'run a forged or unfit image, or leave its container', files: ['infrastructure/runner/oci/hostile-image.test.ts'] },
  { title: 'answer as a hostile registry', files: ['infrastructure/runner/oci/hostile-registry.test.ts', 'test/faults/images.test.ts'] },
  { title: 'keep a run from ending', files: ['test/faults/unending-runs.test.ts'] },
  { title: 'fill the disk from a hook', files: ['test/faults/disk.test.ts'] },
  { title: "remove another archive's containers", files: ['test/faults/shared-engine.test.ts'] },
]
