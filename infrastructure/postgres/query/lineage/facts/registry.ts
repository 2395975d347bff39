import { sql } from 'kysely'
import { byThen, deployedBy } from '../moment.ts'
import type { FactsQuery } from './facts-query.ts'

type Kind = 'CONVENTION' | 'SCHEMA' | 'HOOK' | 'RELEASE' | 'POINTER_EVENT'

export const registryFacts: { readonly [Each in Kind]: FactsQuery } = {
  // The licence is always the current one, regardless of `asOf`.
  CONVENTION: (keys, { asOf }) => sql`
    select slug as key, slug as name, said.title as label, 1 as count,
      jsonb_build_object('slug', slug, 'title', said.title, 'license', convention.license, 'createdAt', created_at) as attributes
    from convention join ${asOf === undefined ? sql`(select slug as convention, title from convention)` : deployedBy(asOf)} said on said.convention = slug
    where slug = any(${keys})`,

  SCHEMA: (keys, at) => sql`
    select id || '@' || version as key, id || '@' || version as name, id || ' ' || version as label, 1 as count,
      jsonb_build_object('id', id, 'version', version, 'title', title, 'createdAt', created_at) as attributes
    from schema_version where id || '@' || version = any(${keys}) and ${byThen(at, 'created_at')}`,

  HOOK: (keys, at) => sql`
    select name as key, name, name as label, 1 as count,
      jsonb_build_object('name', name, 'createdAt', hook.created_at, 'live', live.version) as attributes
    from hook
    left join lateral (
      select release.version from pointer_event moved join hook_release release on release.id = moved.to_release_id
      where moved.hook = hook.name and ${byThen(at, 'moved.at')}
      order by moved.position desc limit 1
    ) live on true
    where name = any(${keys}) and ${byThen(at, 'hook.created_at')}`,

  RELEASE: (keys, at) => sql`
    select release.id as key, release.hook || '/' || version as name, release.hook || ' ' || version as label, 1 as count,
      jsonb_build_object(
        'id', release.id, 'hook', release.hook, 'version', version, 'runtime', runtime ->> 'type', 'image', runtime ->> 'image',
        'digest', runtime ->> 'digest', 'sourceRef', source_ref, 'builtAt', built_at, 'state', coalesce(changed.state, 'ACTIVE')
      ) as attributes
    from hook_release release
    left join lateral (
      select state from release_state_event event where release_id = release.id and ${byThen(at, 'event.at')} order by event.at desc limit 1
    ) changed on true
    where release.id = any(${keys}) and ${byThen(at, 'built_at')}`,

  POINTER_EVENT: (keys, at) => sql`
    select event.id as key, event.id as name, event.hook || ' to ' || made_live.version as label, 1 as count,
      jsonb_build_object(
        'hook', event.hook, 'position', position, 'from', before.version, 'to', made_live.version, 'reason', reason, 'at', at
      ) as attributes
    from pointer_event event
    join hook_release made_live on made_live.id = to_release_id
    left join hook_release before on before.id = from_release_id
    where event.id = any(${keys}) and ${byThen(at, 'at')}`,
}
