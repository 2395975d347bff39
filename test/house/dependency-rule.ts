import type { Library } from './packages.ts'

const permissive = /^(MIT|MIT-0|ISC|0BSD|BSD-[23]-Clause|Apache-2\.0|BlueOak-1\.0\.0|Unlicense|CC0-1\.0|Python-2\.0|PSF-2\.0)$/

/** Each is explained in docs/dependencies.md. */
const exceptions: Readonly<Record<string, RegExp>> = {
  'Elastic-2.0': /^@apollo\/(gateway|composition|federation-internals|query-graphs|query-planner)$/,
  'EPL-2.0': /^elkjs$/,
  'MPL-2.0': /^lightningcss(-|$)/,
  'CC-BY-3.0': /^spdx-exceptions$/,
  // Its LICENSE file is MIT's; only its package.json does not say so.
  none: /^seq-queue$/,
}

/** Libraries whose licence would bind who builds on this project. */
export function licenceBreaches(libraries: readonly Library[]): string[] {
  return libraries
    .filter(({ name, licence }) => !isPermissive(licence) && !exceptions[licence]?.test(name))
    .map(({ name, licence }) => `${name} is ${licence}`)
}

/** Every direct library has its row, with the licence it declares; and no row outlives its library. */
export function tableBreaches(libraries: readonly { name: string; licence: string | undefined }[], page: string): string[] {
  const rows = new Map([...page.matchAll(/^\| `([^`]+)` \| [^|]+ \| ([^|]+) \| [^|]+ \|$/gm)].map((row) => [row[1], row[2]]))
  return [
    ...libraries.filter(({ name }) => !rows.has(name)).map(({ name }) => `${name} is not listed`),
    ...libraries
      .filter(({ name, licence }) => licence !== undefined && rows.has(name) && rows.get(name) !== licence)
      .map(({ name, licence }) => `${name} is listed as ${rows.get(name)}, but is ${licence}`),
    ...[...rows.keys()]
      .filter((row) => !libraries.some(({ name }) => name === row))
      .map((row) => `${row} is listed, but nothing asks for it`),
  ]
}

/** `A OR B` is permissive when one is; `A AND B` when both are. */
function isPermissive(licence: string): boolean {
  const alternatives = licence.replaceAll(/[()]/g, '').split(/ or /i)
  return alternatives.some((one) => one.split(/ and /i).every((part) => permissive.test(part.trim())))
}
