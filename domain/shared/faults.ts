import { Refusal } from './refusal.ts'

/** Several refusals of one input, so that the caller can correct all of them at once. The message is that of the first. */
export class Refusals extends Error {
  readonly refusals: readonly Refusal[]

  constructor(refusals: readonly Refusal[]) {
    super(refusals.map(({ message }) => message).join('\n'))
    this.name = 'Refusals'
    this.refusals = refusals
  }
}

/** Collects the refusals of the parts of an input. */
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

  /** Returns the result of `work`, or collects its refusal and returns undefined. */
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

  /** Throws the collected refusals, if there are any. */
  end(): void {
    const [first, ...others] = this.#found
    if (first === undefined) return
    throw others.length === 0 ? first : new Refusals(this.#found)
  }
}

type Parts = Readonly<Record<string, () => unknown>>

/** Evaluates all parts of an input and throws their refusals together. */
export function every<P extends Parts>(parts: P): { readonly [Key in keyof P]: ReturnType<P[Key]> } {
  const faults = new Faults()
  const parsed = Object.entries(parts).map(([name, parse]) => [name, faults.attempt(parse)])
  faults.end()
  return Object.fromEntries(parsed)
}

/** Parses all items of a list and throws their refusals together. */
export function everyOf<Item, Parsed>(items: readonly Item[], parse: (item: Item, i: number) => Parsed): Parsed[] {
  const faults = new Faults()
  const parsed = items.flatMap((item, i) => {
    const one = faults.attempt(() => ({ parsed: parse(item, i) }))
    return one === undefined ? [] : [one.parsed]
  })
  faults.end()
  return parsed
}

/** The refusals in an error. Any other error is a bug and is thrown again. */
function refusalsIn(error: unknown): readonly Refusal[] {
  if (error instanceof Refusals) return error.refusals
  if (error instanceof Refusal) return [error]
  throw error
}
