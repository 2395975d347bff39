/** A realistic record: texts, numbers, a list, dates. */
export const fields = [
  { name: 'pdb_id', type: 'TEXT', constraints: { pattern: '[0-9][a-z0-9]{3,7}' } },
  { name: 'title', type: 'TEXT', constraints: { maxLength: 500 } },
  { name: 'method', type: 'TEXT' },
  { name: 'resolution', type: 'NUMBER', required: false, unit: 'Å', constraints: { min: 0, max: 100 } },
  { name: 'chains', type: 'INTEGER', required: false },
  { name: 'organisms', type: 'TEXT', required: false, cardinality: 'MANY' },
  { name: 'released', type: 'DATE', required: false },
  { name: 'is_complex', type: 'BOOLEAN', required: false },
]

export interface Line {
  readonly sourceId: string
  readonly metadata: {
    readonly pdb_id: string
    readonly title: string
    readonly method: string
    readonly resolution: number
    readonly chains: number
    readonly organisms: readonly string[]
    readonly released: string
    readonly is_complex: boolean
  }
}

export function proteinLine(i: number): Line {
  const id = `${i % 10}${i.toString(36).padStart(5, '0')}`
  return {
    sourceId: `entry-${(i * 7919) % 10_000_019}`,
    metadata: {
      pdb_id: id,
      title: `Crystal structure of the ${names[i % names.length]} domain of protein ${id} in complex with its ligand`,
      method: methods[i % methods.length] ?? '',
      resolution: Math.round(((i * 37) % 4000) / 10) / 100 + 0.8,
      chains: 1 + (i % 12),
      organisms: i % 3 === 0 ? ['Homo sapiens'] : ['Escherichia coli', 'Mus musculus'],
      released: new Date(Date.UTC(1990, 0, 1) + (i % 12_000) * 86_400_000).toISOString().slice(0, 10),
      is_complex: i % 2 === 0,
    },
  }
}

const names = ['kinase', 'SH2', 'zinc finger', 'helicase', 'protease', 'lectin']
const methods = ['X-RAY DIFFRACTION', 'ELECTRON MICROSCOPY', 'SOLUTION NMR']
