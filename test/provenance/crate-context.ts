/**
 * The context of RO-Crate 1.1 as far as our crates use it: its terms are those of schema.org but for a few. A test must not
 * ask the network for it, and every term that is missing here is an error there.
 */
export async function crateContext(url: string) {
  if (url !== 'https://w3id.org/ro/crate/1.1/context') throw new Error(`no context is known at ${url}`)
  const terms = Object.fromEntries(words.map((word) => [word, `http://schema.org/${word}`]))
  const others = { File: 'http://schema.org/MediaObject', conformsTo: 'http://purl.org/dc/terms/conformsTo' }
  return { documentUrl: url, contextUrl: undefined, document: { '@context': { ...terms, ...others } } }
}

const words = [
  'CreativeWork',
  'Dataset',
  'SoftwareApplication',
  'CreateAction',
  'ChooseAction',
  'Collection',
  'Person',
  'Organization',
  'PropertyValue',
  'about',
  'name',
  'description',
  'datePublished',
  'license',
  'mainEntity',
  'hasPart',
  'mentions',
  'version',
  'identifier',
  'value',
  'object',
  'result',
  'isBasedOn',
  'creator',
  'agent',
  'instrument',
  'exampleOfWork',
  'startTime',
  'endTime',
  'actionStatus',
  'error',
  'softwareVersion',
  'url',
  'encodingFormat',
  'contentSize',
]
