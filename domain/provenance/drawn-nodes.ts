import type { Mode } from './links.ts'
import type { ProvenanceKind } from './kind.ts'
import type { Place } from './lineage.ts'

/** The drawn nodes in traversal order, and the modes in which each was reached. */
export class DrawnNodes {
  readonly #places: Place[] = []
  readonly #modes = new Map<string, Set<Mode>>()

  get size(): number {
    return this.#places.length
  }

  get places(): readonly Place[] {
    return this.#places
  }

  has(place: Place): boolean {
    return this.#modes.has(idOf(place))
  }

  /** Whether the node had not been reached in this mode before. */
  add(place: Place, mode: Mode): boolean {
    const known = this.#modes.get(idOf(place))
    if (known?.has(mode)) return false
    if (known === undefined) {
      this.#places.push(place)
      this.#modes.set(idOf(place), new Set([mode]))
    } else known.add(mode)
    return true
  }

  keys(kind: ProvenanceKind): string[] {
    return this.#places.filter((place) => place.kind === kind).map(({ key }) => key)
  }

  placesIn(mode: Mode): Place[] {
    return this.#places.filter((place) => this.#modes.get(idOf(place))?.has(mode))
  }

  keysIn(kind: ProvenanceKind, mode: Mode): string[] {
    return this.placesIn(mode)
      .filter((place) => place.kind === kind)
      .map(({ key }) => key)
  }
}

function idOf({ kind, key }: Place): string {
  return `${kind} ${key}`
}
