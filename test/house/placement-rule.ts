import type { SourceFile } from './tree.ts'

export const topLevel = {
  folders: [
    'bench',
    'deploy',
    'docs',
    'domain',
    'examples',
    'gateway',
    'infrastructure',
    'prisma',
    'sdk',
    'standalone',
    'subgraphs',
    'test',
    'web',
    'workers',
  ],
  files: [
    'LICENSE',
    'README.md',
    'docker-compose.yml',
    'package.json',
    'pnpm-lock.yaml',
    'pnpm-workspace.yaml',
    'tsconfig.json',
    'turbo.json',
    'vitest.config.ts',
  ],
}

const boundedContexts = [
  'convention',
  'dataset',
  'deposition',
  'feature',
  'identity',
  'provenance',
  'record',
  'registry',
  'run',
  'shared',
  'verification',
  'vocabulary',
]

/** What `infrastructure/` adapts: a technology, or a port whose backends are siblings inside. */
const technologies = ['environment', 'http', 'idp', 'postgres', 'queue', 'runner', 'storage', 'telemetry']

const saysNothing = /^(utils?|helpers?|common|misc|managers?)$/i
const longest = 300

/** Files and folders directly below the root, names starting with a dot aside. */
export function topLevelBreaches(folders: readonly string[], files: readonly string[]): string[] {
  return [
    ...missing(topLevel.folders, folders).map((name) => `${name}/ is missing from the top level`),
    ...missing(folders, topLevel.folders).map((name) => `${name}/ is not a folder of this house`),
    ...missing(files, topLevel.files).map((name) => `${name} does not belong at the top level`),
  ]
}

export function domainBreaches(folders: readonly string[]): string[] {
  return missing(folders, boundedContexts).map((name) => `domain/${name}/ is not a bounded context`)
}

/** A folder names a technology or a port, never a bounded context at any depth, and the README lists it. */
export function infrastructureBreaches(folders: readonly string[], readme: string): string[] {
  const own = folders.filter((folder) => !folder.includes('/'))
  const contexts = boundedContexts.filter((name) => name !== 'shared').flatMap((name) => [name, `${name}s`])
  return [
    ...missing(own, technologies).map((name) => `infrastructure/${name}/ names neither a technology nor a port`),
    ...own.filter((name) => !readme.includes(`\`${name}/\``)).map((name) => `infrastructure/README.md does not list \`${name}/\``),
    ...folders
      .filter((folder) => folder.split('/').some((part) => contexts.includes(part)))
      .map((folder) => `infrastructure/${folder}/ is named after a bounded context`),
  ]
}

export function nameBreaches(paths: readonly string[]): string[] {
  return paths
    .filter((path) =>
      path
        .split('/')
        .at(-1)
        ?.split(/[.-]/)
        .some((word) => saysNothing.test(word)),
    )
    .map((path) => `${path}: the name does not say what is inside`)
}

export function lengthBreaches(file: SourceFile): string[] {
  const lines = file.text.trimEnd().split('\n').length
  return lines > longest ? [`${file.path} has ${lines} lines; split what is longer than ${longest}`] : []
}

/** The environment is read in one place. Programs hand it over whole, which is `loadConfig(process.env)`. */
export function environmentBreaches(file: SourceFile): string[] {
  if (
    /^(infrastructure\/environment|standalone\/bootstrap|test|bench|prisma\/engine)\/|\.test\.ts$|^vitest\.config\.ts$|^prisma\/prisma\.config\.ts$/.test(
      file.path,
    )
  )
    return []
  return file.text
    .split('\n')
    .map((line, index) => ({ line, at: `${file.path}:${index + 1}` }))
    .filter(({ line }) => /process\.env|\benv\b.*from 'node:process'/.test(line.replace('loadConfig(process.env', '')))
    .map(({ at }) => `${at} reads the environment; only infrastructure/environment does`)
}

function missing(wanted: readonly string[], present: readonly string[]): string[] {
  return wanted.filter((name) => !present.includes(name))
}
