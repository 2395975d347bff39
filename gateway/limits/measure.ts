/** How much a selection asks for. Fragments count at each place they are spread. */
export interface Measure {
  /** Fields in the selection itself, those of its fragments included. */
  readonly width: number
  readonly depth: number
  readonly aliases: number
  readonly fields: number
  /** Objects in the answer, and those among them that come once for each item of the page around them. */
  readonly cost: number
  readonly costPerItem: number
  /** The same two for what describes the schema: how deep, and how many lists one inside another. */
  readonly schemaDepth: number
  readonly schemaLists: number
}

export const nothing: Measure = { width: 0, depth: 0, aliases: 0, fields: 0, cost: 0, costPerItem: 0, schemaDepth: 0, schemaLists: 0 }

/** Of two selections side by side. */
export function both(a: Measure, b: Measure): Measure {
  return {
    width: a.width + b.width,
    depth: Math.max(a.depth, b.depth),
    aliases: a.aliases + b.aliases,
    fields: a.fields + b.fields,
    cost: a.cost + b.cost,
    costPerItem: a.costPerItem + b.costPerItem,
    schemaDepth: Math.max(a.schemaDepth, b.schemaDepth),
    schemaLists: Math.max(a.schemaLists, b.schemaLists),
  }
}
