/** The size of a selection. Fragments count at each spread. */
export interface Measure {
  /** Fields in the selection itself, including those of its fragments. */
  readonly width: number
  readonly depth: number
  readonly aliases: number
  readonly fields: number
  /** Objects in the answer, and those of them that occur once per item of the enclosing page. */
  readonly cost: number
  readonly costPerItem: number
  /** The field that contributes most to each of these, not counting its selection. */
  readonly mostExpensive: MostExpensive
  readonly mostExpensivePerItem: MostExpensive
  /** For introspection: the depth, and the number of nested lists. */
  readonly schemaDepth: number
  readonly schemaLists: number
}

export interface MostExpensive {
  readonly path: string
  readonly cost: number
}

const free: MostExpensive = { path: '', cost: 0 }

export const nothing: Measure = {
  width: 0,
  depth: 0,
  aliases: 0,
  fields: 0,
  cost: 0,
  costPerItem: 0,
  mostExpensive: free,
  mostExpensivePerItem: free,
  schemaDepth: 0,
  schemaLists: 0,
}

/** The sum of two sibling selections. */
export function both(a: Measure, b: Measure): Measure {
  return {
    width: a.width + b.width,
    depth: Math.max(a.depth, b.depth),
    aliases: a.aliases + b.aliases,
    fields: a.fields + b.fields,
    cost: a.cost + b.cost,
    costPerItem: a.costPerItem + b.costPerItem,
    mostExpensive: moreExpensive(a.mostExpensive, b.mostExpensive),
    mostExpensivePerItem: moreExpensive(a.mostExpensivePerItem, b.mostExpensivePerItem),
    schemaDepth: Math.max(a.schemaDepth, b.schemaDepth),
    schemaLists: Math.max(a.schemaLists, b.schemaLists),
  }
}

export function moreExpensive(a: MostExpensive, b: MostExpensive): MostExpensive {
  return b.cost > a.cost ? b : a
}

/** The most expensive field of a selection, as the enclosing field with that many items sees it. */
export function within(name: string, { path, cost }: MostExpensive, times: number): MostExpensive {
  return { path: path === '' ? name : `${name}.${path}`, cost: cost * times }
}
