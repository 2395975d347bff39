/** What the specification of OpenLineage 2-0-2 asks of an event, in our words: three kinds, and every facet says its schema. */
const uri = { type: 'string', format: 'uri' }
const facets = {
  type: 'object',
  additionalProperties: { type: 'object', properties: { _producer: uri, _schemaURL: uri }, required: ['_producer', '_schemaURL'] },
}
const named = (more: object = {}) => ({
  type: 'object',
  properties: { namespace: { type: 'string', minLength: 1 }, name: { type: 'string', minLength: 1 }, facets, ...more },
  required: ['namespace', 'name'],
})
const base = { eventTime: { type: 'string', format: 'date-time' }, producer: uri, schemaURL: uri }
const event = (type: string, properties: object, required: readonly string[], not: readonly string[] = []) => ({
  type: 'object',
  properties: {
    ...base,
    schemaURL: { type: 'string', pattern: `^https://openlineage\\.io/spec/2-0-2/OpenLineage\\.json#/\\$defs/${type}$` },
    ...properties,
  },
  required: ['eventTime', 'producer', 'schemaURL', ...required],
  not: { anyOf: not.map((name) => ({ required: [name] })) },
})

export const openLineageEvent = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  oneOf: [
    event(
      'RunEvent',
      {
        eventType: { enum: ['START', 'RUNNING', 'COMPLETE', 'ABORT', 'FAIL', 'OTHER'] },
        run: { type: 'object', properties: { runId: { type: 'string', format: 'uuid' }, facets }, required: ['runId'] },
        job: named(),
        inputs: { type: 'array', items: named({ inputFacets: facets }) },
        outputs: { type: 'array', items: named({ outputFacets: facets }) },
      },
      ['run', 'job'],
      ['dataset'],
    ),
    event('DatasetEvent', { dataset: named() }, ['dataset'], ['job', 'run']),
    event('JobEvent', { job: named() }, ['job'], ['dataset', 'run']),
  ],
}
