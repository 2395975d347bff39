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
  /** The field that contributes most to each of these, counted without its selection. */
  readonly dearest: Dearest
  readonly dearestPerItem: Dearest
  /** The same two for what describes the schema: how deep, and how many lists one inside another. */
  readonly schemaDepth: number
  readonly schemaLists: number
}

export interface Dearest {
  readonly path: string
  readonly cost: number
}

const free: Dearest = { path: '', cost: 0 }

export const nothing: Measure = {
  width: 0,
  depth: 0,
  aliases: 0,
  fields: 0,
  cost: 0,
  costPerItem: 0,
  dearest: free,
  dearestPerItem: free,
  schemaDepth: 0,
  schemaLists: 0,
}

/** Of two selections side by side. */
export function both(a: Measure, b: Measure): Measure {
  return {
    width: a.width + b.width,
    depth: Math.max(a.depth, b.depth),
    aliases: a.aliases + b.aliases,
    fields: a.fields + b.fields,
    cost: a.cost + b.cost,
    costPerItem: a.costPerItem + b.costPerItem,
    dearest: dearer(a.dearest, b.dearest),
    dearestPerItem: dearer(a.dearestPerItem, b.dearestPerItem),
    schemaDepth: Math.max(a.schemaDepth, b.schemaDepth),
    schemaLists: Math.max(a.schemaLists, b.schemaLists),
  }
}

export function dearer(a: Dearest, b: Dearest): Dearest {
  return b.cost > a.cost ? b : a
}

/** The most expensive field of a selection, as the enclosing field with that many items sees it. */
export function within(name: string, { path, cost }: Dearest, times: number): Dearest {
  return { path: path === '' ? name : `${name}.${path}`, cost: cost * times }
}
