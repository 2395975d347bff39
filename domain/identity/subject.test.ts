import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { faultOfSubject } from './subject.ts'

describe('a subject', () => {
  test.each([
    'ada',
    'Ada Lovelace',
    'ada@example.org',
    'repo:group/hooks',
    'a',
    '张伟',
    'José',
    'مريم',
    'नेहा',
    'Ångström',
    'x'.repeat(255),
    '👩',
  ])('may be %j', (subject) => {
    expect(faultOfSubject(subject)).toBeUndefined()
  })

  const bad: [string, string][] = [
    ['nothing', ''],
    ['a space', ' '],
    ['a leading space', ' ada'],
    ['a trailing space', 'ada '],
    ['two spaces', 'ada  l'],
    ['a no-break space', 'ada\u00a0l'],
    ['an em space', 'ada\u2003l'],
    ['an ideographic space', 'ada\u3000l'],
    ['a line separator', 'ada\u2028'],
    ['a newline', 'ada\n'],
    ['NUL', 'ada\u0000'],
    ['delete', 'ada\u007f'],
    ['a C1 control', 'ada\u0085'],
    ['a zero-width space', 'ada\u200b'],
    ['only a zero-width space', '\u200b'],
    ['a zero-width joiner', 'a\u200dda'],
    ['a byte order mark', '\ufeffada'],
    ['a soft hyphen', 'a\u00adda'],
    ['a right-to-left override', '\u202eada'],
    ['an isolate', '\u2066ada\u2069'],
    ['a Hangul filler', '\u3164'],
    ['a halfwidth Hangul filler', 'ada\uffa0'],
    ['a Hangul choseong filler', 'ada\u115f'],
    ['a blank Braille pattern', '\u2800'],
    ['a grapheme joiner', 'ada\u034f'],
    ['a variation selector', 'ada\ufe0f'],
    ['a tag character', 'ada\u{e0061}'],
    ['an unassigned character', 'ada\u0378'],
    ['a private character', 'ada\ue000'],
    ['half a surrogate pair', 'ada\ud800'],
    ['a leading combining mark', '\u0301ada'],
    ['a decomposed letter', 'Jose\u0301'],
    ['a compatibility duplicate', '\u212bngstro\u0308m'],
    ['too much', 'x'.repeat(256)],
  ]
  test.each(bad)('may not be %s', (_, subject) => {
    expect(faultOfSubject(subject)).toMatch(/^(is|has|begins) /)
  })

  test('an accepted subject has only visible characters, and normalization does not change it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 20 }), (text) => {
        if (faultOfSubject(text) !== undefined) return
        expect(text.normalize('NFC')).toBe(text)
        expect(text.trim()).toBe(text)
        expect(text.replaceAll(/[\p{C}\p{DI}]|(?! )\p{Z}/gu, '')).toBe(text)
      }),
    )
  })
})
