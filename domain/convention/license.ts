import { BadUserInput, nearMatch } from '@strata/domain/shared'
import parseExpression, { type Info } from 'spdx-expression-parse'
import ids from 'spdx-license-ids/index.json' with { type: 'json' }

/** Parses terms of use: an SPDX licence expression, or the address of a text. */
export function parseLicense(given: string, field: string): string {
  const license = given.trim()
  if (license === '') throw new BadUserInput(`The licence is empty; ${howToSay}, or leave it out.`, field)
  if (license.length > longest)
    throw new BadUserInput(`A licence has at most ${longest} characters, not ${license.length}; ${howToSay}.`, field)
  if (license.includes('://')) return parseAddress(license, field)
  const found = readExpression(license)
  if (found === undefined) throw new BadUserInput(`${faultOf(license)} Or give the address of the licence's text.`, field)
  if (licensesIn(found).some((one) => one.includes('LicenseRef-'))) {
    throw new BadUserInput(`A LicenseRef is defined in an SPDX document, which the archive does not have; ${howToSay}.`, field)
  }
  return license
}

/** The address of a licence's text; undefined for a combination of licences. */
export function licenseAddress(license: string): string | undefined {
  if (license.includes('://')) return license
  return isOneId.test(license) ? `https://spdx.org/licenses/${license}` : undefined
}

const longest = 1_000
const howToSay = 'give an SPDX expression like "CC-BY-4.0", or the address of its text'
const isOneId = /^[A-Za-z0-9.-]+$/

function parseAddress(text: string, field: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined
  const isPlain = text.isWellFormed() && !/[\s\p{Cc}<>"\\^`{|}]/u.test(text)
  if (isPlain && url !== undefined && /^https?:$/.test(url.protocol) && url.username === '' && url.password === '') return text
  throw new BadUserInput(
    `"${text.slice(0, 100).toWellFormed()}" is not the address of a licence. An address begins with https:// (or http://) and contains no password.`,
    field,
  )
}

/** The parser throws on invalid input. */
function readExpression(text: string): Info | undefined {
  try {
    return parseExpression(text)
  } catch {
    return undefined
  }
}

function licensesIn(found: Info): string[] {
  return 'license' in found ? [found.license] : [...licensesIn(found.left), ...licensesIn(found.right)]
}

/** Names the faulty part. Without operators, the whole text is one name, even with spaces. */
function faultOf(text: string): string {
  const unknown = text.split(/[\s()]+/).find((part) => isUnknown(part))
  if (unknown === undefined)
    return `"${text.slice(0, 100)}" is not an SPDX licence expression; combine licences like "MIT OR (CC-BY-4.0 AND ODbL-1.0)".`
  const name = /\b(and|or|with)\b|[()]/i.test(text) ? unknown : text
  const meant = meantBy(name)
  const hint = meant === undefined ? '' : ` Did you mean "${meant}"?`
  return `"${name.slice(0, 100).toWellFormed()}" is not on SPDX's list of licences, https://spdx.org/licenses.${hint}`
}

function isUnknown(part: string): boolean {
  return (
    part !== '' && !/^(and|or|with)$/i.test(part) && readExpression(part) === undefined && readExpression(`MIT WITH ${part}`) === undefined
  )
}

/** Finds the intended licence when only punctuation, a version or a filler word differs: "CC BY 4", "cc-by", "Apache License v2". */
function meantBy(name: string): string | undefined {
  const letters = lettersOf(name)
  if (name.length > 100 || letters === '') return undefined
  const versions = ids.filter((id) => lettersOf(id).startsWith(letters) && /^\d*(only)?$/.test(lettersOf(id).slice(letters.length)))
  const newest = versions.toSorted((a, b) => b.localeCompare(a, 'en', { numeric: true })).at(0)
  return ids.find((id) => lettersOf(id) === letters) ?? newest ?? nearMatch(name.replaceAll(/[\s_]+/g, '-'), ids)
}

function lettersOf(name: string): string {
  return name
    .toLowerCase()
    .replaceAll(/\b(licen[cs]e|version|the)\b|\bv(?=\d)/g, '')
    .replaceAll(/[^a-z0-9]/g, '')
}
