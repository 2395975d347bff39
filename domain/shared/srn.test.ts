import fc from 'fast-check'
import { expect, test } from 'vitest'
import { formatSrn, parseSrn, srnParts, srnTypes, type SrnParts } from './srn.ts'

const label = fc.stringMatching(/^[a-z0-9]([a-z0-9-]{0,10}[a-z0-9])?$/)
const parts: fc.Arbitrary<SrnParts> = fc
  .record({
    domain: fc.array(label, { minLength: 1, maxLength: 4 }).map((labels) => labels.join('.')),
    type: fc.constantFrom(...srnTypes),
    id: fc.stringMatching(/^[a-z0-9][a-z0-9._-]{0,40}$/),
    version: fc.option(fc.integer({ min: 1, max: 999_999_999 }), { nil: undefined }),
  })
  .map(({ version, ...rest }) => (version === undefined ? rest : { ...rest, version }))

test('printing and parsing an SRN gives the same SRN', () => {
  fc.assert(
    fc.property(parts, (name) => {
      const srn = formatSrn(name)
      expect(srnParts(srn)).toEqual(name)
      expect(formatSrn(srnParts(parseSrn(srn)))).toBe(srn)
    }),
  )
})

test('every SRN has one spelling: any text that is parsed is printed the same', () => {
  const odd = fc.constantFrom(...'0aZ:@.-_ \n\t%/+é\u0000\ud800', '00', '@1', '@01', '@0', '::')
  const mutated = fc.tuple(parts, fc.nat(), fc.nat(3), odd).map(([name, at, cut, text]) => {
    const srn = formatSrn(name)
    const position = at % (srn.length + 1)
    return { srn, changed: srn.slice(0, position) + text + srn.slice(position + cut) }
  })
  fc.assert(
    fc.property(mutated, ({ srn, changed }) => {
      const read = tryParse(changed)
      if (changed === srn || read === undefined) return
      expect(formatSrn(read)).toBe(changed)
      expect(read).not.toEqual(srnParts(srn))
    }),
    { numRuns: 2_000 },
  )
})

test.each([
  'urn:osa:localhost:rec:a@01',
  'urn:osa:localhost:rec:a@0',
  'urn:osa:localhost:rec:a@',
  'URN:osa:localhost:rec:a',
  'urn:osa:Localhost:rec:a',
  'urn:osa:localhost.:rec:a',
  'urn:osa:-a:rec:a',
  'urn:osa::rec:a',
  'urn:osa:localhost:run:a',
  'urn:osa:localhost:rec:',
  'urn:osa:localhost:rec:A',
  ' urn:osa:localhost:rec:a',
  'urn:osa:localhost:rec:a\n',
  'urn:osa:localhost:rec:a@1@1',
  'urn:osa:localhost:rec:a:b',
  '',
  `urn:osa:${'a.'.repeat(300)}a:rec:a`,
])('%j is no SRN', (text) => {
  expect(() => parseSrn(text)).toThrow('is not an SRN')
})

function tryParse(text: string): SrnParts | undefined {
  try {
    return srnParts(parseSrn(text))
  } catch {
    return undefined
  }
}
