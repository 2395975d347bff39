/** TypeScript's own `Record`, under a name that our type Record does not hide. */
export type Dictionary<Key extends PropertyKey, Value> = Record<Key, Value>
