import { Refusal } from './refusal.ts'

/** Several refusals of one input, so that its author can mend all of them at once. The first one speaks where only one is shown. */
export class Refusals extends Error {
  readonly refusals: readonly Refusal[]

  constructor(refusals: readonly Refusal[]) {
    super(refusals.map(({ message }) => message).join('\n'))
    this.name = 'Refusals'
    this.refusals = refusals
  }
}

/** Gathers what is refused of the parts of one input. */
export class Faults {
  readonly #found: Refusal[] = []

  get some(): boolean {
    return this.#found.length > 0
  }

  get all(): readonly Refusal[] {
    return this.#found
  }

  add(refusal: Refusal): void {
    this.#found.push(refusal)
  }

  addAll(refusals: readonly Refusal[]): void {
    for (const refusal of refusals) this.add(refusal)
  }

  /** What `work` returns; undefined when it refused, which is gathered. */
  attempt<T>(work: () => T): T | undefined {
    try {
      return work()
    } catch (error) {
      this.addAll(refusalsIn(error))
      return undefined
    }
  }

  async attemptAsync<T>(work: () => Promise<T>): Promise<T | undefined> {
    try {
      return await work()
    } catch (error) {
      this.addAll(refusalsIn(error))
      return undefined
    }
  }

  /** Throws what was gathered. */
  end(): void {
    const [first, ...others] = this.#found
    if (first === undefined) return
    throw others.length === 0 ? first : new Refusals(this.#found)
  }
}

type Parts = Readonly<Record<string, () => unknown>>

/** Every part of an input; throws what is refused of all of them together. */
export function every<P extends Parts>(parts: P): { readonly [Key in keyof P]: ReturnType<P[Key]> } {
  const faults = new Faults()
  const parsed = Object.entries(parts).map(([name, parse]) => [name, faults.attempt(parse)])
  faults.end()
  return Object.fromEntries(parsed)
}

/** Every item of a list; throws what is refused of all of them together. */
export function everyOf<Item, Parsed>(items: readonly Item[], parse: (item: Item, i: number) => Parsed): Parsed[] {
  const faults = new Faults()
  const parsed = items.flatMap((item, i) => {
    const one = faults.attempt(() => ({ parsed: parse(item, i) }))
    return one === undefined ? [] : [one.parsed]
  })
  faults.end()
  return parsed
}

/** The refusals in an error; one that is none of them is a bug, and thrown. */
function refusalsIn(error: unknown): readonly Refusal[] {
  if (error instanceof Refusals) return error.refusals
  if (error instanceof Refusal) return [error]
  throw error
}
