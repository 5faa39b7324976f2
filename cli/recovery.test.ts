import { beforeAll, describe, expect, it } from 'vitest'
import { ask } from '#core/recovery'
import { freshDatabase } from '#support/database'
import { at, buildWorld, type World } from '#support/engine'
import { lost, mailTo } from '#support/recovering'
import { readAsked } from './commands.ts'
import { refusalOf } from './refusal.ts'

freshDatabase()
let world: World
beforeAll(async () => {
  world = await buildWorld()
}, 60_000)

const livery = async (...typed: string[]) => {
  const asked = readAsked(typed, false)
  if ('help' in asked) throw new Error('help was answered')
  const { isWell, text, data } = await asked.work().catch(refusalOf)
  return { isWell, text, data: JSON.parse(JSON.stringify(data)) as Record<string, unknown> }
}

describe('recovery', () => {
  it('is approved where nobody is left who could, and keeps its wait', async () => {
    const rita = await lost(world.root)
    const { request } = await ask(at(world.root), rita.ref, { reason: 'The only one here' })
    expect((await livery('recovery', 'list')).data).toMatchObject({
      requests: [{ id: request.id, email: rita.email, status: 'waiting', ready_at: null }],
    })
    const { isWell, text, data } = await livery('recovery', 'approve', rita.email, '--reason', 'She stands here')
    expect(isWell).toBe(true)
    expect(data).toMatchObject({ request: request.id, email: rita.email })
    expect(new Date(String(data.ready_at)).getTime()).toBeGreaterThan(Date.now() + 23 * 3_600_000)
    expect(text).toContain(rita.email)
    expect(await mailTo('recovery-approved', rita.id)).toBeDefined()
    expect((await livery('recovery', 'approve', rita.email)).data.error).toBe('recovery.not_waiting')
    expect((await livery('recovery', 'list')).text).toContain('approved')
  })

  it('is found where somebody lives, when that is said', async () => {
    const ada = await lost(world.own)
    await ask(at(world.own), ada.ref, { reason: 'Lost it' })
    expect((await livery('recovery', 'approve', ada.email)).data.error).toBe('person.unknown')
    expect((await livery('recovery', 'approve', ada.email, '--org', 'own')).isWell).toBe(true)
  })

  it.each([
    [['recovery', 'approve', 'nobody@own.example', '--org', 'own'], 'person.unknown'],
    [['recovery', 'approve', 'no address', '--org', 'own'], 'email.invalid'],
    [['recovery', 'approve', 'a@own.example', '--org', 'nowhere'], 'organizations.not_found'],
  ])('with %j is refused with %s', async (typed, code) => {
    expect(await livery(...typed)).toMatchObject({ isWell: false, data: { error: code } })
  })

  it('of somebody who has not asked is nothing to approve', async () => {
    const ada = await lost(world.own)
    expect((await livery('recovery', 'approve', ada.email, '--org', 'own')).data.error).toBe('recovery.unknown')
  })
})
