import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { listedFolders, listBreaches } from './folder-list-rule.ts'
import { root, walk } from './tree.ts'

const { folders, files } = walk()
const lists = [
  ...files.filter((path) => path.endsWith('README.md')).map((path) => ({ path, of: dirname(path) })),
  { path: 'docs/contributing.md', of: '.' },
]
  .map((list) => ({ ...list, listed: listedFolders(readFileSync(join(root, list.path), 'utf8')) }))
  .filter(({ listed }) => listed.length > 0)

test('the lists of folders in READMEs are found', () => {
  expect(lists.map(({ path }) => path)).toEqual(
    expect.arrayContaining(['gateway/README.md', 'infrastructure/README.md', 'workers/README.md', 'docs/contributing.md']),
  )
})

test.each(lists)('$path lists the folders of $of, each once, and no others', ({ of, listed }) => {
  const here = folders.filter((path) => dirname(path) === of).map((path) => path.slice(of === '.' ? 0 : of.length + 1))
  expect(listBreaches(listed, here)).toEqual([])
})

test('a folder that is missing, gone or listed twice is a breach', () => {
  const listed = listedFolders('| `a/` | one |\n| `b/`, `c/` | two |\n- `d/`: four\n| `a/` | again |\nsee `x/` for more')
  expect(listed).toEqual(['a', 'b', 'c', 'd', 'a'])
  expect(listBreaches(listed, ['a', 'b', 'c', 'e'])).toEqual(['a/ is listed twice', 'd/ is listed and does not exist', 'e/ is not listed'])
})

test('a drawing of the tree is a list as well', () => {
  expect(listedFolders('```\na/   one\nb/ c/ d/\ne/    see f/\n```\n')).toEqual(['a', 'b', 'c', 'd', 'e'])
})
