/** What a catalogue held at each pull, and what an archive that follows it must say: kept as plain maps, by the ids of the source. */
export interface Entry {
  readonly pdb_id: string
  readonly resolution: number
}

export interface Counted {
  readonly version: number
  readonly entry: Entry
}

export function catalogueOf(size: number, seed: number) {
  const random = randomFrom(seed)
  const entries = new Map<string, Entry>()
  for (let n = 0; n < size; n += 1) {
    const pdb_id = `1${n.toString(36).padStart(3, '0')}`
    entries.set(pdb_id, { pdb_id, resolution: resolutionOf(random) })
  }
  return {
    entries,
    random,
    /** 3% change and 1% are gone; the ids of these. */
    change(): { changed: readonly string[]; gone: readonly string[] } {
      const ids = shuffled([...entries.keys()], random)
      const changed = ids.slice(0, Math.round(ids.length * 0.03))
      const gone = ids.slice(changed.length, changed.length + Math.round(ids.length * 0.01))
      for (const pdb_id of changed) entries.set(pdb_id, { pdb_id, resolution: resolutionOf(random) })
      for (const id of gone) entries.delete(id)
      return { changed, gone }
    },
  }
}

/** The archive's records by the ids of their source: the newest version of each, and whether it was taken back. */
export function archiveOracle() {
  const records = new Map<string, Counted & { readonly isWithdrawn: boolean }>()
  return {
    publish(id: string, entry: Entry): 'PUBLISHED' | 'REVISED' | 'DUPLICATE' | 'INVALID' {
      const known = records.get(id)
      if (known?.isWithdrawn === true) return 'INVALID'
      if (known !== undefined && known.entry.resolution === entry.resolution) return 'DUPLICATE'
      records.set(id, { version: (known?.version ?? 0) + 1, entry, isWithdrawn: false })
      return known === undefined ? 'PUBLISHED' : 'REVISED'
    },
    takeBack(id: string): void {
      const known = records.get(id)
      if (known !== undefined) records.set(id, { ...known, isWithdrawn: true })
    },
    counting: (): ReadonlyMap<string, Counted> =>
      new Map([...records].flatMap(([id, { version, entry, isWithdrawn }]) => (isWithdrawn ? [] : [[id, { version, entry }] as const]))),
    versionCount: (): number => [...records.values()].reduce((sum, { version }) => sum + version, 0),
  }
}

/** No two alike in a row: thousandths, between 0.5 and 9.5. */
function resolutionOf(random: () => number): number {
  return 0.5 + Math.floor(random() * 9_000_000) / 1_000_000
}

export function shuffled<T>(items: T[], random: () => number): T[] {
  for (let i = items.length - 1; i > 0; i -= 1) {
    const j = Math.floor(random() * (i + 1))
    const [a, b] = [items[i], items[j]]
    if (a !== undefined && b !== undefined) [items[i], items[j]] = [b, a]
  }
  return items
}

/** Mulberry32: the same numbers for the same seed. */
function randomFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
