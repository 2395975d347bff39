import type { SourceFile } from './tree.ts'

/** The folders whose code handles hooks' files. */
const places = ['infrastructure/runner/', 'workers/']

/** Calls that list, inspect or remove directories through decoded names or through paths that may be too long. */
const calls = /\b(readdir|readdirSync|opendir|opendirSync|glob|globSync|rm|rmSync|rmdir|rmdirSync)\b/

/** Also matches imports over several lines; an import without braces counts as all names. */
const imports = /\bimport\s+([^'"]*?)\s*from\s*['"](?:node:)?fs(?:\/promises)?['"]/g

/** Allowed uses, each with what it reads instead of a hook's tree. */
const exempt: Readonly<Record<string, string>> = {
  'infrastructure/runner/conformance/world.ts': 'a directory of the test’s own',
  'infrastructure/runner/oci/image-platform.ts': 'the emulators that the kernel knows',
  'infrastructure/runner/shared/walk-output.ts': 'the walk itself',
  'infrastructure/runner/shared/remove-tree.ts': 'the removal itself',
  'infrastructure/runner/workspace/run-workspace.ts': 'the names of runs, which the worker made',
  'infrastructure/runner/module/attempt-directory.ts': 'the names of attempts, which the worker made',
  'infrastructure/runner/module/inherited-descriptors.ts': 'the worker’s own descriptors',
  'infrastructure/runner/module/memory-limit.ts': 'cgroups',
  'infrastructure/runner/module/record-files.ts': 'files of records, which the worker laid out',
}

/** Finds code that walks or removes a hook's files without the two modules for that purpose. */
export function hookTreeBreaches({ path, text }: SourceFile): string[] {
  if (!places.some((place) => path.startsWith(place)) || path.endsWith('.test.ts') || path in exempt) return []
  return [...text.matchAll(imports)]
    .filter(([, names = '']) => calls.test(names) || !names.includes('{'))
    .map(
      ({ index }) =>
        `${path}:${text.slice(0, index).split('\n').length} may list or remove directories; use walkOutput or removeTree of infrastructure/runner/shared`,
    )
}
