import { Conflict, NotFound, parseSlug } from '@strata/domain/shared'
import type { ConventionRepository } from './convention-repository.ts'

/** Frees the name of a convention that was only tried out. Its hooks, their releases and every log stay. */
export async function removeConvention(conventions: ConventionRepository, given: string): Promise<boolean> {
  const slug = parseSlug(given, 'slug')
  if ((await conventions.claim(slug)) === undefined) throw new NotFound(`There is no convention "${slug}".`, 'slug')
  const contents = await conventions.contentsOf(slug)
  const kept = (['records', 'candidates', 'depositions', 'citations'] as const).filter((kind) => contents[kind])
  if (kept.length > 0) {
    throw new Conflict(
      `The convention "${slug}" has ${kept.join(', ')}, which are kept for good; only one without any can be removed.`,
      'slug',
    )
  }
  await conventions.remove(slug)
  return true
}
