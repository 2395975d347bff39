import { readFileSync } from 'node:fs'
import { parseEnv } from 'node:util'
import { expect, test } from 'vitest'
import { loadConfig } from '../config.ts'
import { settings } from '../settings.ts'
import { documents } from './documents.ts'
import { envExample } from './env-example.ts'

test.each(documents())('$path is up to date (npm run codegen)', ({ path, text }) => {
  expect(readFileSync(path, 'utf8')).toBe(text)
})

test('.env.example, uncommented, is a configuration that changes nothing', () => {
  const env = parseEnv(envExample().replaceAll(/^#([A-Z])/gm, '$1'))
  expect(Object.keys(env).sort()).toEqual(Object.keys(settings).sort())
  expect(loadConfig(env, '/a')).toEqual(loadConfig({}, '/a'))
})
