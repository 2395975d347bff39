import { serviceAt } from './service.ts'

/** A gateway is ready when every subgraph behind it is ready. */
export function allReady(urls: readonly string[]): () => Promise<boolean> {
  const services = urls.map((url) => serviceAt(url, undefined))
  return async () => {
    const answers = await Promise.allSettled(
      services.map((service) => service.ask({ method: 'GET', segments: ['readyz'], signal: AbortSignal.timeout(2_000) })),
    )
    return answers.every((answer) => answer.status === 'fulfilled' && answer.value.ok)
  }
}
