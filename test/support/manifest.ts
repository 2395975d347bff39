/** A manifest as an author would write it; tests change parts of it. */
export interface Manifest {
  readonly slug: string
  readonly title: string
  readonly description: string
  readonly schema: { readonly id: string; readonly version: string; readonly title?: string; readonly fields: readonly object[] }
  readonly [key: string]: unknown
}

/** Protein structures: text with a pattern, a bounded number with a unit, a list, a date. */
export function manifest(changes: Partial<Manifest> = {}): Manifest {
  return {
    slug: 'proteins',
    title: 'Protein structures',
    description: 'Structures solved by crystallography.',
    schema: {
      id: 'protein',
      version: '1.0.0',
      fields: [
        { name: 'pdb_id', type: 'TEXT', constraints: { pattern: '[0-9][a-z0-9]{3}' } },
        { name: 'resolution', type: 'NUMBER', required: false, unit: 'Å', constraints: { min: 0, max: 10 } },
        { name: 'organisms', type: 'TEXT', required: false, cardinality: 'MANY' },
        { name: 'released', type: 'DATE', required: false },
      ],
    },
    ...changes,
  }
}
