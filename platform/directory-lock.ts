// One process at a time may open the embedded database: a second writer would destroy it without a word.

import { linkSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fail, registerStatuses } from './failure.ts'

registerStatuses({ 'database.in_use': 503 })

/** When a process began, so that a reused process number is not taken for the owner. Linux only; elsewhere ''. */
const startOf = (pid: number): string => {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? ''
  } catch {
    return ''
  }
}

const isAlive = (pid: number, start: string): boolean => {
  try {
    process.kill(pid, 0)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false
  }
  return start === '' || startOf(pid) === start
}

const ownerOf = (file: string): { pid: number; start: string } | null => {
  try {
    const [pid = '', start = ''] = readFileSync(file, 'utf8').trim().split(' ')
    return Number(pid) > 0 ? { pid: Number(pid), start } : null
  } catch {
    return null
  }
}

/** Whole or not at all: a lock that another process can see has an owner in it. */
const tryWrite = (file: string): boolean => {
  const draft = `${file}.${process.pid}`
  writeFileSync(draft, `${process.pid} ${startOf(process.pid)}\n`, { mode: 0o600 })
  try {
    linkSync(draft, file)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  } finally {
    rmSync(draft, { force: true })
  }
}

const guardMs = 10_000

/** One process at a time looks at a lock that may be a dead one's. */
const enterGuard = (guard: string): boolean => {
  try {
    mkdirSync(guard)
    return true
  } catch {
    // Whoever died inside leaves it to the one after next.
    const entered = statSync(guard, { throwIfNoEntry: false })
    if (entered && Date.now() - entered.mtimeMs > guardMs) rmSync(guard, { recursive: true, force: true })
    return false
  }
}

/** Removes the lock of a process that is gone. */
const takeOver = (file: string): boolean => {
  const guard = `${file}.takeover`
  if (!enterGuard(guard)) return false
  try {
    if (livingOwner(file)) return false
    rmSync(file, { force: true })
    return tryWrite(file)
  } finally {
    rmSync(guard, { recursive: true, force: true })
  }
}

const livingOwner = (file: string): number | null => {
  const owner = ownerOf(file)
  return owner && isAlive(owner.pid, owner.start) ? owner.pid : null
}

const lockIn = (directory: string) => join(directory, 'lock')

/** The process that has a directory open; null for none. */
export const lockOwner = (directory: string): number | null => livingOwner(lockIn(directory))

/** Locks a directory for this process; answers how to let go. Fails with `database.in_use` while another holds it. */
export const lockDirectory = (directory: string): (() => void) => {
  const file = lockIn(directory)
  const isHeld = tryWrite(file) || (!livingOwner(file) && takeOver(file))
  if (!isHeld) return fail('database.in_use', undefined, { directory, pid: ownerOf(file)?.pid })
  return () => rmSync(file, { force: true })
}
