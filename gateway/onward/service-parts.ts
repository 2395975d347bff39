import { NotReady, type WatchedPart } from '@strata/domain/shared'
import { serviceAt } from './service.ts'

/** The services behind a gateway. Each is ready when its own `/readyz` says so. */
export function serviceParts(urls: Readonly<Record<string, string>>): readonly WatchedPart[] {
  return Object.entries(urls).map(([name, url]) => {
    const service = serviceAt(url, undefined)
    return {
      name,
      async check() {
        const answer = await service.ask({ method: 'GET', segments: ['readyz'], signal: AbortSignal.timeout(patienceMs) })
        const report: unknown = await answer.json()
        if (!answer.ok) throw new NotReady(awayIn(report))
        return undefined
      },
    }
  })
}

const patienceMs = 1_800

/** The parts of the service that are unavailable, with the reasons. */
function awayIn(report: unknown): string {
  const parts = typeof report === 'object' && report !== null && 'parts' in report && Array.isArray(report.parts) ? report.parts : []
  const away = parts.filter((part) => part?.ready === false).map(({ name, detail }) => `${name}: ${detail}`)
  return away.length === 0 ? 'It answers that it is not ready.' : `It is not ready; ${away.join(' ')}`
}
