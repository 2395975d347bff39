import type { Slug } from '@strata/domain/shared'
import { expect, test } from 'vitest'
import type { Citation } from './citation.ts'
import { citationBibtex, citationText, citationUrl } from './print-citation.ts'

const place = { domain: 'archive.example.org', publicUrl: 'https://archive.example.org/' }
const dataset: Citation = {
  id: 'proteins@2026-11-26T06:30:00.123Z',
  convention: 'proteins' as Slug,
  title: 'Proteins & 50% {more}',
  asOf: new Date('2026-11-26T06:30:00.123Z'),
  of: { kind: 'dataset' },
}

test('a dataset is cited by its title, the year and the time of its data, the archive and an address', () => {
  expect(citationText(dataset, place)).toBe(
    'Proteins & 50% {more} (2026). As of 2026-11-26T06:30:00.123Z. archive.example.org. https://archive.example.org/cite/proteins@2026-11-26T06:30:00.123Z',
  )
  expect(citationUrl(dataset, { publicUrl: undefined })).toBe('/cite/proteins@2026-11-26T06:30:00.123Z')
})

test('characters with a meaning in TeX are escaped, except in the address', () => {
  expect(citationBibtex(dataset, place)).toBe(`@misc{proteins-2026-11-26,
  author = {{archive.example.org}},
  title = {{Proteins \\& 50\\% \\{more\\}}},
  year = {2026},
  version = {2026-11-26T06:30:00.123Z},
  publisher = {archive.example.org},
  url = {https://archive.example.org/cite/proteins@2026-11-26T06:30:00.123Z}
}
`)
})
