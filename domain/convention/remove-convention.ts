import { Conflict, NotFound, parseSlug } from '@strata/domain/shared'
import type { ConventionRepository } from './convention-repository.ts'

/** Removes a convention without data and frees its name. Its hooks, their releases and all logs stay. */
export async function removeConvention(conventions: ConventionRepository, given: string): Promise<boolean> {
  const slug = parseSlug(given, 'slug')
  if ((await conventions.claim(slug)) === undefined) throw new NotFound(`There is no convention "${slug}".`, 'slug')
  const contents = await conventions.contentsOf(slug)
  const kept = (['records', 'candidates', 'depositions', 'citations'] as const).filter((kind) => contents[kind])
  if (kept.length > 0) {
    throw new Conflict(
      `The convention "${slug}" has ${kept.join(', ')}, which are permanent; only a convention without any can be removed.`,
      'slug',
    )
  }
  await conventions.remove(slug)
  return true
}
