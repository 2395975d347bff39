import type { SourceFile } from './tree.ts'

/** Who knows that there are depositions. Everybody else sees candidates, and records whose source is none of their business. */
const mayMention: readonly RegExp[] = [
  // The context itself and its adapters.
  /^domain\/deposition\//,
  /^infrastructure\/postgres\/(repository|mappers|query)\/depositions?\.ts$/,
  /^subgraphs\/records\//,
  /^workers\/depositions\//,
  // Where everything is listed: kinds of sources and names, events, gates, and the wiring.
  /^domain\/record\/(record-source|check-source)\.ts$/,
  /^domain\/shared\/(srn|event|handle-event)\.ts$/,
  /^domain\/identity\/(gate|principal)\.ts$/,
  /^infrastructure\/postgres\/(index|tables\/triggers)\.ts$/,
  /^infrastructure\/postgres\/mappers\/event\.ts$/,
  /^workers\/events\/(compose|handlers)\.ts$/,
  // A convention is removed, and a schema version changed, only while there are none of them.
  /^domain\/convention\/(convention-repository|remove-convention)\.ts$/,
  /^infrastructure\/postgres\/repository\/convention\.ts$/,
  // The removal of a record erases those that it came from.
  /^infrastructure\/postgres\/(store\/erase-origins|query\/verify\/removals)\.ts$/,
  // What shows the public API whole.
  /^(web|sdk|examples|test|bench)\//,
]

/** A depositor is a role, which anybody may name. */
const mention = /deposit(?!or)/i

export function mentionBreaches({ path, text }: SourceFile): string[] {
  if (mayMention.some((place) => place.test(path))) return []
  if (mention.test(path)) return [`${path} is named after depositions`]
  return text
    .split('\n')
    .flatMap((line, index) => (mention.test(line) ? [`${path}:${index + 1} mentions depositions: ${line.trim()}`] : []))
}
