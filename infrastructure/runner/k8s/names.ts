import type { AttemptId } from '@strata/domain/run'
import { createHash } from 'node:crypto'
import { labels } from '../shared/container-contract.ts'

/**
 * What a NetworkPolicy selects programs by. Ingesters have it too: a cluster whose policy is from before there were ingesters then denies
 * them the network as well.
 */
const programLabel = { name: 'app.kubernetes.io/name', value: 'strata-hook' } as const

/** Names, and nothing else, are what a Job may have in common with another one by accident; so the name has all of them in it. */
export function jobName(node: string, { runId, attempt }: AttemptId): string {
  // 63 characters at most, for the cluster makes a label of it, and a pod's name by adding six.
  return `strata-${plain(runId).slice(0, 32).replace(/-+$/, '')}-${attempt}-${shortHash(node, runId, String(attempt))}`
}

export function attemptLabels(node: string, { runId, attempt }: AttemptId): Record<string, string> {
  return {
    [programLabel.name]: programLabel.value,
    [labels.node]: labelValue(node),
    [labels.run]: labelValue(runId),
    [labels.attempt]: String(attempt),
  }
}

/** Selects what belongs to one attempt, or to a whole archive. */
export function selector(node: string, attempt?: AttemptId): string {
  const { [labels.node]: ofNode, [labels.run]: run, [labels.attempt]: number } = attemptLabels(node, attempt ?? { runId: '', attempt: 0 })
  const parts = [`${labels.node}=${ofNode}`]
  if (attempt !== undefined) parts.push(`${labels.run}=${run}`, `${labels.attempt}=${number}`)
  return parts.join(',')
}

/** A label holds 63 characters of a few kinds; what does not fit is told apart by a hash. */
function labelValue(text: string): string {
  if (/^([A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?)?$/.test(text)) return text
  return `${plain(text).slice(0, 40).replace(/-+$/, '')}-${shortHash(text)}`
}

function plain(text: string): string {
  return (
    text
      .toLowerCase()
      .replaceAll(/[^a-z0-9]+/g, '-')
      .replace(/^-+/, '') || 'x'
  )
}

function shortHash(...parts: readonly string[]): string {
  return createHash('sha256').update(parts.join('\0')).digest('hex').slice(0, 10)
}
