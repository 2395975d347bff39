import type { Link, LinkName, Step } from './links.ts'
import type { ProvenanceKind } from './kind.ts'
import type { ProvenanceNode } from './graph.ts'

/** A node in the archive: a kind, and a key that is unique within it. */
export interface Place {
  readonly kind: ProvenanceKind
  readonly key: string
}

/** One step along a link, from several nodes. */
export interface Walk {
  readonly step: Step
  readonly near: readonly string[]
}

export interface NodeFacts extends Omit<ProvenanceNode, 'expandable'> {
  readonly key: string
}

/** Port: the links of an archive in one snapshot. Each method is one query for any number of nodes. */
export interface Lineage {
  /** Facts about nodes. Nodes that do not exist, or did not exist at `asOf`, are missing from the result. */
  nodes(kind: ProvenanceKind, keys: readonly string[]): Promise<readonly NodeFacts[]>
  /** At most `limit` distinct far ends that are not in `except`, newest first if keys sort by time, otherwise by name. */
  neighbours(walk: Walk, except: readonly string[], limit: number): Promise<readonly string[]>
  /** The links between drawn nodes. */
  pairs(link: Link & { readonly name: LinkName }, from: readonly string[], to: readonly string[]): Promise<readonly Pair[]>
  /** The number of distinct far ends of these walks that are not in `except`. All walks lead to one kind. */
  countBeyond(walks: readonly Walk[], except: readonly string[]): Promise<bigint>
  /** The near ends with a far end that is not in `except`. */
  nearWithMore(walk: Walk, except: readonly string[]): Promise<readonly string[]>
}

export interface Pair {
  readonly from: string
  readonly to: string
}

/** Port: gives `work` a snapshot of the archive's links, now or at `asOf`. */
export interface LineageArchive {
  /** `row` is the only feature row that may be read; other rows are never drawn. */
  read<T>(at: { readonly asOf?: Date | undefined; readonly row?: RowPlace | undefined }, work: (lineage: Lineage) => Promise<T>): Promise<T>
  /** The key of the node with this public name; undefined if the name is invalid. */
  keyOf(kind: ProvenanceKind, name: string, at: { readonly asOf?: Date | undefined }): Promise<string | undefined>
}

/** A row of a hook's table. */
export interface RowPlace {
  readonly hook: string
  readonly run: string
  readonly record: string
  readonly ordinal: number
}
