import type { Link, LinkName, Step } from './links.ts'
import type { ProvenanceKind } from './kind.ts'
import type { ProvenanceNode } from './graph.ts'

/** A node as the archive keeps it: a kind, and a key that is unique in it. */
export interface Place {
  readonly kind: ProvenanceKind
  readonly key: string
}

/** One step from several nodes at once. */
export interface Walk {
  readonly step: Step
  readonly near: readonly string[]
}

export interface NodeFacts extends Omit<ProvenanceNode, 'expandable'> {
  readonly key: string
}

/** Port: the links of an archive at one moment. Each method is one query, however many nodes it is about. */
export interface Lineage {
  /** What is known of nodes; those that are not there (or were not yet) are missing from the answer. */
  nodes(kind: ProvenanceKind, keys: readonly string[]): Promise<readonly NodeFacts[]>
  /** The distinct far ends but those in `except`, at most `limit`: the newest first where keys tell, else by name. */
  neighbours(walk: Walk, except: readonly string[], limit: number): Promise<readonly string[]>
  /** The links among drawn nodes. */
  pairs(link: Link & { readonly name: LinkName }, from: readonly string[], to: readonly string[]): Promise<readonly Pair[]>
  /** How many distinct nodes are the far ends of these walks, all of them to one kind, but those in `except`. */
  countBeyond(walks: readonly Walk[], except: readonly string[]): Promise<bigint>
  /** Those of the near ends that have a far end which is not in `except`. */
  nearWithMore(walk: Walk, except: readonly string[]): Promise<readonly string[]>
}

export interface Pair {
  readonly from: string
  readonly to: string
}

/** Port: opens the archive's links as they were at `asOf`, or are now; nothing changes while `work` reads. */
export interface LineageArchive {
  /** `row` is the one feature row that may be asked for: no other is ever drawn. */
  read<T>(at: { readonly asOf?: Date | undefined; readonly row?: RowPlace | undefined }, work: (lineage: Lineage) => Promise<T>): Promise<T>
  /** The key of a node that is named by what people call it, if there can be one. */
  keyOf(kind: ProvenanceKind, name: string, at: { readonly asOf?: Date | undefined }): Promise<string | undefined>
}

/** A row of a hook's table. */
export interface RowPlace {
  readonly hook: string
  readonly run: string
  readonly record: string
  readonly ordinal: number
}
