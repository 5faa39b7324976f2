import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Elsewhere, startElsewhere } from '../tests/support/elsewhere.ts'
import { lockDirectory, lockOwner } from './directory-lock.ts'
import { openEmbedded } from './engine.ts'
import { isFailure } from './failure.ts'

let folder = ''
const others: Elsewhere[] = []
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'livery-lock-'))
})
afterEach(async () => {
  for (const other of others.splice(0)) {
    other.kill('SIGKILL')
    await other.over
  }
  rmSync(folder, { recursive: true, force: true })
})

const failureOf = async (work: () => unknown): Promise<{ code: string; data: unknown } | null> => {
  try {
    await work()
    return null
  } catch (error) {
    if (!isFailure(error)) throw error
    return { code: error.code, data: error.data }
  }
}

/** Another process that holds the lock until it is killed. It starts to reach for it at the given moment. */
const holder = (at = 0): Elsewhere => {
  const source = `
    import { lockDirectory } from './platform/directory-lock.ts'
    while (Date.now() < ${at});
    try { lockDirectory(${JSON.stringify(folder)}); console.log('held') } catch (error) { console.log(error.code) }
    setInterval(() => {}, 1000)`
  const other = startElsewhere(source)
  others.push(other)
  return other
}

describe('the lock of a data directory', () => {
  it('is held once, even in the same process, and free again when let go', async () => {
    const unlock = lockDirectory(folder)
    expect(lockOwner(folder)).toBe(process.pid)
    expect(await failureOf(() => lockDirectory(folder))).toEqual({
      code: 'database.in_use',
      data: { directory: folder, pid: process.pid },
    })
    unlock()
    expect(lockOwner(folder)).toBeNull()
    lockDirectory(folder)()
    expect(readdirSync(folder)).toEqual([])
  })

  it('keeps a second process out, and says which one has it', async () => {
    const other = holder()
    expect(await other.next()).toBe('held')
    expect(lockOwner(folder)).toBe(other.pid)
    expect(await failureOf(() => openEmbedded(folder))).toEqual({
      code: 'database.in_use',
      data: { directory: folder, pid: other.pid },
    })
    expect(existsSync(join(folder, 'database'))).toBe(false)
  })

  it('is taken over from a process that was killed', async () => {
    const other = holder()
    await other.next()
    other.kill('SIGKILL')
    await other.over
    lockDirectory(folder)()
  })

  it('of a process whose number somebody else has now is taken over', () => {
    writeFileSync(join(folder, 'lock'), `${process.pid} 1\n`)
    expect(lockOwner(folder)).toBeNull()
    lockDirectory(folder)()
  })

  it('goes to one of many who reach for it at the same moment, left behind or not', async () => {
    for (const left of [null, '999999 1\n', 'rubbish', '']) {
      if (left !== null) writeFileSync(join(folder, 'lock'), left)
      const many = Array.from({ length: 6 }, () => holder(Date.now() + 1200))
      const got = await Promise.all(many.map((other) => other.next()))
      // Whoever died inside the takeover itself would leave it to the next start; here nobody dies.
      expect(got.filter((word) => word === 'held')).toHaveLength(1)
      expect(got.filter((word) => word !== 'held' && word !== 'database.in_use')).toEqual([])
      for (const other of many) other.kill('SIGKILL')
      await Promise.all(many.map((other) => other.over))
      rmSync(join(folder, 'lock'), { force: true })
    }
  }, 60_000)

  it('is not lost for ever to a process that died while it took it over', async () => {
    writeFileSync(join(folder, 'lock'), '999999 1\n')
    const guard = join(folder, 'lock.takeover')
    mkdirSync(guard)
    expect((await failureOf(() => lockDirectory(folder)))?.code).toBe('database.in_use')
    const longAgo = new Date(Date.now() - 60_000)
    utimesSync(guard, longAgo, longAgo)
    expect((await failureOf(() => lockDirectory(folder)))?.code).toBe('database.in_use')
    lockDirectory(folder)()
  })
})

it('a database that another major of PostgreSQL wrote is left alone, in words', async () => {
  mkdirSync(join(folder, 'database'))
  writeFileSync(join(folder, 'database/PG_VERSION'), '17\n')
  expect(await failureOf(() => openEmbedded(folder))).toEqual({
    code: 'database.other_major',
    data: { folder: join(folder, 'database'), found: '17', expected: '18' },
  })
  expect(readdirSync(folder)).toEqual(['database'])
})
